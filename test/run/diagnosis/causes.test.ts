import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { causes, docsOf } from '../../../lib/run/diagnosis/causes.ts';
import type { Place } from '../../../lib/run/diagnosis/guide.ts';
import type { ErrorCause } from '../../../lib/run/events.ts';

const root = resolve(import.meta.dirname, '../../..');
const names = Object.keys(causes) as readonly ErrorCause[];
const place: Place = { namespace: 'shop-tests', key: 'worker-2', suite: 'worker', job: 'shop-worker-2-r1', pod: 'shop-worker-2-r1-x1', node: 'node-1', said: '' };

async function readSections(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(resolve(root, 'docs/guide/verdicts.md'), 'utf8');
  const causesPart = text.slice(text.indexOf('\n## Causes\n'), text.indexOf('\n## Reporters\n'));
  return new Map(causesPart.split('\n### ').slice(1).map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n')).trim()]));
}

describe('every cause', () => {
  test('has a section in the guide, and every section a cause', async () => {
    expect([...(await readSections()).keys()].toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('%s is told there as in reports, and what to do', async (cause) => {
    const [what = '', ...whatToDo] = ((await readSections()).get(cause) ?? '').split('\n\n');
    expect(what.startsWith(causes[cause].title)).toBe(true);
    expect(whatToDo.join('').length).toBeGreaterThan(10);
    expect(docsOf(cause)).toBe(`docs/guide/verdicts.md#${cause}`);
  });

  test.each(names)('%s has a hint, and commands that can be copied', (cause) => {
    const { hint, commands } = causes[cause].advise(place);
    expect(hint).toMatch(/^[A-Z].*\.$/);
    for (const command of commands) expect(command).toMatch(/^(?:kubectl|kubesuite) [^\n]+$/);
  });
});

describe('what to do depends on what was said', () => {
  test.each<[ErrorCause, string, RegExp]>([
    ['image-pull', 'ErrImageNeverPull Container image "x" is not present with pull policy of Never', /on node 'node-1' before/],
    ['image-pull', 'InvalidImageName', /^Correct the name/],
    ['image-pull', 'ErrImagePull 401 Unauthorized', /pullSecrets/],
    ['image-pull', 'ErrImagePull manifest unknown', /push it/],
    ['image-pull', 'ErrImagePull dial tcp: i/o timeout', /does not answer the node/],
    ['unschedulable', '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {gpu: true}.', /^Lower the suite's resources or free the cluster; or tolerate the taint/],
    ['unschedulable', "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", /^Label a node/],
    ['unschedulable', 'pod has unbound immediate PersistentVolumeClaims', /^Create or bind the claim/],
    ['quota', 'failed quota: team: must specify limits.cpu for: suite', /does not declare/],
    ['pod-security', 'runAsNonRoot != true', /runAsUser/],
    ['webhook', 'failed calling webhook "a"', /does not answer/],
    ['missing-config', "Secret 'a' has no key 'b'", /^Add the key/],
    ['collector-failed', 'OOMKilled', /memory/],
  ])('%s: %s', (cause, said, hint) => {
    expect(causes[cause].advise({ ...place, said }).hint).toMatch(hint);
  });

  test('the object whose key is missing is in the command', () => {
    expect(causes['missing-config'].advise({ ...place, said: "couldn't find key b in Secret shop-tests/a" }).commands).toEqual(['kubectl describe secret a --namespace shop-tests']);
  });
});
