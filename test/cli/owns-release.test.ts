import { expect, test } from 'vitest';
import type { Connection } from '../../lib/cli/cluster-options.ts';
import { ownsRelease } from '../../lib/cli/owns-release.ts';
import { KubesuiteError } from '../../lib/errors.ts';
import type { Helm } from '../../lib/ports/helm.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf } from '../support/kube-objects.ts';

function setUp(readValues: Helm['readValues'] = async () => undefined) {
  const [cluster, clock] = [new FakeCluster(), new FakeClock()];
  const helm = { install: async () => {}, status: async () => undefined, readDescription: async () => 'kubesuite run r1', readValues, readManifest: async () => '', uninstall: async () => {} };
  const connection: Connection = { context: 'fake', server: cluster.server, flags: '--context fake', helm, cluster: async () => cluster };
  const owns = async (runId: string, isInstalled: boolean) => ownsRelease(connection, { release: 'shop', namespace: 'ns', runId, isInstalled }, { clock, stderr: () => {} } as never);
  return { cluster, clock, owns };
}

test('a release that was installed is owned until another run installs it anew', async () => {
  const { cluster, owns } = setUp();
  cluster.install('shop', [jobOf(contractOf('ping'))]);
  expect(await owns('r1', true)).toBe(true);
  expect(await owns('r0', true)).toBe(false);
});

test('a release that was installed and of which nothing can be read is removed all the same', async () => {
  expect(await setUp().owns('r1', true)).toBe(true);
});

test.each([
  ['Helm has recorded for this run', { run: { id: 'r1' } }, true],
  ['Helm has recorded for another run', { run: { id: 'r2' } }, false],
  ['somebody has installed without values', null, false],
  ['Helm has not recorded', undefined, false],
])('a release that was not installed to its end, which %s', async (_title, values, isOwn) => {
  expect(await setUp(async () => values).owns('r1', false)).toBe(isOwn);
});

test('an API server that is away is asked again', async () => {
  let asked = 0;
  const { clock, owns } = setUp(async () => {
    asked += 1;
    if (asked < 3) throw new KubesuiteError('HELM_FAILED', 'helm list failed: connection refused');
    return { run: { id: 'r1' } };
  });
  const owned = owns('r1', false);
  await clock.advance(5000, 250);
  expect(await owned).toBe(true);
});
