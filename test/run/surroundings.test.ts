import { expect, test } from 'vitest';
import type { PodObserved } from '../../lib/run/events.ts';
import { toPodSnapshot } from '../../lib/run/snapshots.ts';
import { Surroundings } from '../../lib/run/surroundings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, exited, jobOf, podOf } from '../support/kube-objects.ts';

function evicted(suite: string): PodObserved {
  const status = { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', lastTransitionTime: new Date('2026-01-01T00:00:04Z') }] };
  return { type: 'pod-observed', at: '2026-01-01T00:00:05Z', suite, pod: toPodSnapshot(podOf(jobOf(contractOf(suite)), exited(143), { status }), false) };
}

function setUp() {
  const [cluster, clock] = [new FakeCluster(), new FakeClock()];
  cluster.nodes.set('node', { metadata: { name: 'node' }, status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } });
  return { cluster, clock, surroundings: new Surroundings(cluster, clock, 'ns') };
}

test('a pod that was taken away is told with its node', async () => {
  const { surroundings } = setUp();
  expect(await surroundings.explain(evicted('a'))).toMatchObject({ node: { name: 'node' } });
});

test('a silent API server is waited for once, not for every pod, and asked again later', async () => {
  const { cluster, clock, surroundings } = setUp();
  const { readNode } = cluster;
  cluster.readNode = async () => new Promise(() => {});
  const told = ['a', 'b', 'c'].reduce(async (before: Promise<unknown>, suite) => {
    await before;
    return surroundings.explain(evicted(suite));
  }, Promise.resolve());
  await clock.advance(3000);
  expect(await told).not.toHaveProperty('node');
  cluster.readNode = readNode;
  await clock.advance(30_000, 1000);
  expect(await surroundings.explain(evicted('d'))).toMatchObject({ node: { name: 'node' } });
});
