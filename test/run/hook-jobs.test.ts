import type { V1Job } from '@kubernetes/client-node';
import { beforeEach, expect, test } from 'vitest';
import { annotations } from '../../lib/constructs/labels.ts';
import { suiteSetKeys, suiteSetName } from '../../lib/constructs/names.ts';
import { discoverRelease } from '../../lib/run/discover-release.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf } from '../support/kube-objects.ts';

let cluster: FakeCluster;
let clock: FakeClock;

beforeEach(() => {
  cluster = new FakeCluster();
  clock = new FakeClock();
  cluster.configMaps.set(suiteSetName('shop'), {
    data: { [suiteSetKeys.jobs]: 'shop-ping-r1', [suiteSetKeys.hash]: 'now', [suiteSetKeys.trigger]: 'argocd-postsync' },
  });
});

function hookJob(hash: string, uid: string, over: V1Job['metadata'] = {}): V1Job {
  const job = jobOf(contractOf('ping'));
  return { ...job, metadata: { ...job.metadata, uid, annotations: { ...job.metadata?.annotations, [annotations.suiteSet]: hash }, ...over } };
}

test('the Job of an earlier sync is not taken for that of the last one', async () => {
  cluster.jobs.set('shop-ping-r1', hookJob('before', 'old'));
  const told: string[] = [];
  const discovered = discoverRelease(cluster, clock, 'shop', 'ns', { announce: (text) => void told.push(text) });
  await clock.advance(5000);
  expect(told).toEqual(['Waiting up to 10 min for Argo CD to start the hook Jobs of its last sync: shop-ping-r1\n']);
  cluster.jobs.set('shop-ping-r1', hookJob('now', 'new', { deletionTimestamp: new Date() }));
  await clock.advance(1000);
  cluster.jobs.set('shop-ping-r1', hookJob('now', 'newest'));
  await clock.advance(1000);
  expect((await discovered).suites).toMatchObject([{ key: 'ping', uid: 'newest' }]);
});

test('a hook that Argo CD never starts is a missing suite', async () => {
  cluster.jobs.set('shop-ping-r1', hookJob('before', 'old'));
  const discovered = discoverRelease(cluster, clock, 'shop', 'ns');
  await clock.advance(601_000);
  expect((await discovered).suites).toMatchObject([{ job: 'shop-ping-r1', missing: true }]);
});

test('Ctrl+C ends the wait for hooks', async () => {
  const abort = new AbortController();
  const discovered = discoverRelease(cluster, clock, 'shop', 'ns', { signal: abort.signal }).catch((error: unknown) => error);
  await clock.advance(1000);
  abort.abort('SIGINT');
  await clock.advance(1000);
  expect(await discovered).toBe('SIGINT');
});
