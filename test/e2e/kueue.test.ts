import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { listNamespace, test } from '../support/e2e.ts';
import { Kueue } from '../support/kueue.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig } from './fixtures/suites.ts';

let kueue: Kueue;

/** The first time on a machine Kueue is built, behind whatever else is. */
const buildTimeoutMs = 30 * 60_000;

beforeAll(async () => {
  kueue = await Kueue.start();
}, buildTimeoutMs);

afterAll(async () => kueue.stop());

const examples = resolve(import.meta.dirname, '../../examples/kueue');
const startTimeout = '10s';

test('a queue with room for two suites runs four, and the others say what they wait for', async ({ workspace }) => {
  await kueue.manage(workspace.namespace, 2);
  const names = ['a', 'b', 'c', 'd'];
  await writeConfig(workspace.folder, Object.fromEntries(names.map((name) => [name, shell('sleep 12', { results: 'exit-code', startTimeout })])));
  const result = await workspace.kubesuite('run', '--values', join(examples, 'values.yaml'));
  expect(result.stderr).toBe('');
  const { report } = await readReport(workspace.folder);
  expect(report.suites.map(({ key, verdict }) => [key, verdict])).toEqual(names.map((name) => [name, 'passed']));
  expect(result.exitCode).toBe(0);

  const held = [...result.stdout.matchAll(/ (\w) +quick +queued +The Job waits in queue 'tests' of Kueue: (.*)/g)];
  expect(new Set(held.map(([, key]) => key)).size).toBeGreaterThanOrEqual(2);
  expect(held.map(([, , reason]) => reason)).toContainEqual(expect.stringMatching(/insufficient unused quota for pods in flavor/));

  const attempts = report.suites.flatMap((suite) => suite.attempts);
  const mostAtOnce = Math.max(...attempts.map(({ startedAt = '' }) => attempts.filter((other) => (other.startedAt ?? '') <= startedAt && startedAt < (other.endedAt ?? '')).length));
  expect(mostAtOnce).toBe(2);
  // Kueue lets its Workloads go a moment after their Jobs.
  await expect.poll(async () => listNamespace(workspace.namespace), { timeout: 60_000 }).toEqual(['localqueue.kueue.x-k8s.io/tests', 'rolebinding.rbac.authorization.k8s.io/kubesuite-test-kueue']);
});

test('the queues of the guide are taken by the API server', async ({ workspace }) => {
  const queues = (await readFile(join(examples, 'queues.yaml'), 'utf8')).replaceAll('shop-tests', workspace.namespace);
  const { stderr, stdout } = await workspace.applyDryRun(queues);
  expect(stderr).toBe('');
  expect(stdout.match(/ created \(server dry run\)$/gm)).toHaveLength(3);
});

test('a suite whose queue does not move is an error that says so, after --queue-timeout', async ({ workspace }) => {
  await kueue.manage(workspace.namespace, 1);
  await writeConfig(workspace.folder, { lost: shell('true', { results: 'exit-code', startTimeout }) });
  await writeFile(join(workspace.folder, 'values.yaml'), 'queueName: absent\n');
  const result = await workspace.kubesuite('run', '--values', 'values.yaml', '--queue-timeout', '6s');
  const { report } = await readReport(workspace.folder);
  expect(report.suites).toMatchObject([
    { verdict: 'error', cause: 'queue', message: expect.stringMatching(/^The Job waits in queue 'absent' of Kueue: LocalQueue absent doesn't exist\. \(waited 6 s\)$/) },
  ]);
  expect(result.exitCode).toBe(3);
});
