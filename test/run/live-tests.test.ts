import { expect, test } from 'vitest';
import type { TestsCounted } from '../../lib/run/events.ts';
import { LiveTests } from '../../lib/run/live-tests.ts';
import { toPodSnapshot } from '../../lib/run/snapshots.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf, podOf, running } from '../support/kube-objects.ts';

/** Gives a log piece by piece, at times that the test sets. */
class TalkingCluster extends FakeCluster {
  readonly clock = new FakeClock();
  pieces: readonly (readonly [afterMs: number, text: string])[] = [];
  followed = 0;

  override async *followLog(): AsyncIterable<string> {
    this.followed++;
    for (const [afterMs, text] of this.pieces) {
      await this.clock.sleep(afterMs);
      yield text;
    }
  }
}

function count(cluster: TalkingCluster, signal = new AbortController().signal) {
  const contract = contractOf('worker');
  const pod = toPodSnapshot(podOf(jobOf(contract), running()), false);
  const told: TestsCounted[] = [];
  const live = new LiveTests({ cluster, clock: cluster.clock, namespace: 'ns' });
  const start = async () => live.count({ key: 'worker', job: 'worker', uid: 'u', contract }, pod, signal, async (event) => void told.push(event));
  return { told, start };
}

test('tells the tests so far, at most once a second, and the last of a burst too', async () => {
  const cluster = new TalkingCluster();
  cluster.pieces = [[100, 'ok 1\nok 2\n'], [100, 'not ok 3\n'], [2000, 'ok 4\n'], [5000, '']];
  const { told, start } = count(cluster);
  const done = start();
  await cluster.clock.advance(10_000);
  await done;
  expect(told.map(({ counts }) => counts)).toEqual([
    { total: 3, passed: 2, failed: 1, skipped: 0 },
    { total: 4, passed: 3, failed: 1, skipped: 0 },
  ]);
});

test('a pod is followed once, and to the end of the run at most', async () => {
  const cluster = new TalkingCluster();
  cluster.pieces = [[100, 'ok 1\n'], [60_000, 'ok 2\n']];
  const run = new AbortController();
  const { told, start } = count(cluster, run.signal);
  void start();
  void start();
  await cluster.clock.advance(3000);
  run.abort();
  await cluster.clock.advance(70_000);
  expect([told.length, cluster.followed]).toEqual([1, 1]);
});

test('a log that cannot be followed is no error', async () => {
  const cluster = new TalkingCluster();
  cluster.followLog = () => {
    throw new Error('forbidden');
  };
  const { told, start } = count(cluster);
  const done = start();
  await cluster.clock.advance(2000);
  await expect(done).resolves.toBeUndefined();
  expect(told).toEqual([]);
});
