import type { V1Job } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { Connection } from '../../lib/cli/cluster-options.ts';
import { refuseBusyRelease } from '../../lib/cli/install-release.ts';
import { suiteSetKeys, suiteSetName } from '../../lib/constructs/names.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf } from '../support/kube-objects.ts';

const place = { release: 'shop', namespace: 'ns' };
const running = jobOf(contractOf('ping'));
const complete: V1Job = { ...running, status: { conditions: [{ type: 'Complete', status: 'True' }] } };

function prepareRelease(description = 'kubesuite run r1') {
  const [cluster, clock, abort] = [new FakeCluster(), new FakeClock(), new AbortController()];
  const helm = { install: async () => {}, status: async () => undefined, readDescription: async () => description, readValues: async () => undefined, readManifest: async () => '', uninstall: async () => {} };
  const connection: Connection = { context: 'fake', server: cluster.server, flags: '--context fake', helm, cluster: async () => cluster };
  cluster.install('shop', [running]);
  return { cluster, clock, refuse: async () => refuseBusyRelease(connection, place, 'deployed', { clock, signal: abort.signal }) };
}

test('a release whose Jobs run is refused, with what to do about it', async () => {
  const { clock, refuse } = prepareRelease();
  const refused = refuse();
  refused.catch(() => undefined);
  await clock.advance(6000, 250);
  await expect(refused).rejects.toMatchObject({
    code: 'RELEASE_BUSY',
    message: "Release 'shop' in namespace 'ns' still runs 1 of 1 Jobs.",
    hint: 'wait for it (kubesuite wait shop --namespace ns --context fake), remove it (kubesuite clean shop --namespace ns --context fake) or choose another --release',
  });
});

test('a Job whose end Kubernetes notices a moment later is none that runs', async () => {
  const { cluster, clock, refuse } = prepareRelease();
  const refused = refuse();
  await clock.advance(2000, 250);
  cluster.change({ kind: 'jobs', type: 'present', object: complete });
  await clock.advance(1000, 250);
  expect(await refused).toBeUndefined();
});

test('suites that wait to be started by hand are not replaced', async () => {
  const { cluster, clock, refuse } = prepareRelease();
  const installed = cluster.configMaps.get(suiteSetName('shop'));
  cluster.configMaps.set(suiteSetName('shop'), { ...installed, data: { ...installed?.data, [suiteSetKeys.trigger]: 'cronjob-template' } });
  const refused = refuse();
  refused.catch(() => undefined);
  await clock.advance(6000, 250);
  await expect(refused).rejects.toMatchObject({ code: 'RELEASE_BUSY', hint: expect.stringContaining('kubesuite run --from-cronjob shop --namespace ns --context fake') });
});

test('a release that somebody installed to keep is not replaced', async () => {
  const { cluster, clock, refuse } = prepareRelease('Install complete');
  cluster.change({ kind: 'jobs', type: 'present', object: complete });
  const refused = refuse();
  refused.catch(() => undefined);
  await clock.advance(1000, 250);
  await expect(refused).rejects.toMatchObject({ code: 'RELEASE_BUSY', message: "Release 'shop' in namespace 'ns' was not installed by `kubesuite run`: this run would replace and then remove it." });
});
