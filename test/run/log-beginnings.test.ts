import { beforeEach, expect, test } from 'vitest';
import { KubesuiteError } from '../../lib/errors.ts';
import { LogBeginnings } from '../../lib/run/log-beginnings.ts';
import { toPodSnapshot } from '../../lib/run/snapshots.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf, podOf, running } from '../support/kube-objects.ts';

const pod = toPodSnapshot(podOf(jobOf(contractOf('a')), running()), false);
const time = '2026-01-01T00:00:01.000000000Z';

let cluster: FakeCluster;
let clock: FakeClock;
let beginnings: LogBeginnings;

beforeEach(() => {
  [cluster, clock] = [new FakeCluster(), new FakeClock()];
  cluster.logs.set(`${pod.name}/suite`, 'rest\n');
  beginnings = new LogBeginnings({ cluster, clock, namespace: 'ns' });
});

/** What each connection gives before it ends. */
function connections(...texts: readonly (string | Error)[]): { count: number } {
  const opened = { count: 0 };
  cluster.followLog = async function* follow() {
    const text = texts[Math.min(opened.count++, texts.length - 1)] ?? '';
    if (text instanceof Error) throw text;
    yield text;
  };
  return opened;
}

async function watch(seconds: number): Promise<void> {
  let isRunning = true;
  const watching = beginnings.watch(pod, () => isRunning, new AbortController().signal);
  await clock.advance(seconds * 1000, 500);
  isRunning = false;
  await clock.advance(6000, 500);
  await watching;
}

test('a log whose first line is another one has lost its beginning', async () => {
  connections(`${time} first\n`);
  await watch(1);
  expect(await beginnings.isCut(pod)).toBe(false);
  cluster.logBegins = '2026-01-01T00:00:30.000000000Z';
  expect(await beginnings.isCut(pod)).toBe(true);
  cluster.logs.set(`${pod.name}/suite`, '');
  expect(await beginnings.isCut(pod)).toBe(true);
});

test('the first line is waited for through connections that end before it, also in the middle of it', async () => {
  const opened = connections('', new Error('reset'), '2026-01-01T00:0', `${time} first\n`);
  await watch(20);
  expect(opened.count).toBe(4);
  expect(await beginnings.isCut(pod)).toBe(false);
  cluster.logBegins = '2026-01-01T00:00:30.000000000Z';
  expect(await beginnings.isCut(pod)).toBe(true);
});

test('of a suite that prints nothing, or whose log nobody may read, nothing is known', async () => {
  const denied = connections(new KubesuiteError('CLUSTER_DENIED', 'no'));
  await watch(20);
  expect(denied.count).toBe(1);
  beginnings = new LogBeginnings({ cluster, clock, namespace: 'ns' });
  connections('');
  await watch(20);
  expect(await beginnings.isCut(pod)).toBe(false);
});
