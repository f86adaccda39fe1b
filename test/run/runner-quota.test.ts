import type { V1Job } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { contractOf, eventOf, exited, jobOf, podOf, running } from '../support/kube-objects.ts';
import { Scene, start, tapFail, tapPass } from '../support/run-scene.ts';

const quotaRefusal = (quota: string, amounts = 'requested: pods=1, used: pods=2, limited: pods=2'): string => `pods "x" is forbidden: exceeded quota: ${quota}, ${amounts}`;

function refuse(scene: Scene, job: V1Job, message: string, at = '2026-01-01T00:00:03Z'): void {
  const event = { ...eventOf('Job', job.metadata?.name ?? '', 'FailedCreate', `Error creating: ${message}`), lastTimestamp: new Date(at) };
  scene.cluster.change({ kind: 'events', type: 'present', object: event });
}

test.each([
  ['the quota of its type', quotaRefusal('shop-smoke'), 3600, 'waiting for quota of type smoke: pods 2/2 used (waited 3600 s)'],
  ['CPU and memory', quotaRefusal('shop-smoke', 'requested: memory=96Mi,requests.cpu=60m, used: memory=2Gi,requests.cpu=1, limited: memory=2Gi,requests.cpu=1'), 3600, 'waiting for quota of type smoke: memory 2Gi/2Gi used, 96Mi needed, requests.cpu 1/1 used, 60m needed (waited 3600 s)'],
  ['a quota that is not of the release', quotaRefusal('team'), 90, "waiting for quota 'team': pods 2/2 used (waited 90 s)"],
  ['a quota that it never fits into', quotaRefusal('shop-smoke', 'requested: requests.cpu=3, used: requests.cpu=0, limited: requests.cpu=2'), 3, 'the pod never fits into the quota of type smoke: asks for requests.cpu 3 of 2 (waited 3 s)'],
  ['a quota that many pods change at the same time', 'Operation cannot be fulfilled on resourcequotas "shop-smoke": the object has been modified; please apply your changes to the latest version and try again', 3600, 'waiting for quota of type smoke: its pods are being counted (waited 3600 s)'],
  ['a quota that was not counted yet', 'pods "x" is forbidden: status unknown for quota: shop-smoke, resources: pods', 3600, 'waiting for quota of type smoke: its pods are being counted (waited 3600 s)'],
])('a suite waits for %s until a deadline, and says for what', async (_title, refusal, seconds, message) => {
  const scene = new Scene();
  const job = jobOf(contractOf('a', { startTimeoutSeconds: 10 }));
  const { report } = await start(scene, [job]);
  refuse(scene, job, refusal);
  await scene.clock.advance((seconds - 2) * 1000, 5000);
  expect(scene.transcript).not.toContainEqual(expect.stringContaining('error'));
  await scene.clock.advance(12_000);
  expect((await report).suites[0]).toMatchObject({ verdict: 'error', cause: 'quota', message });
});

test('a Job that ended while it waited for a quota says so', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a'));
  const { report } = await start(scene, [job]);
  refuse(scene, job, quotaRefusal('shop-smoke'));
  scene.cluster.change({ kind: 'jobs', type: 'present', object: { ...job, status: { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' }] } } });
  await scene.clock.advance(12_000);
  expect((await report).suites[0]).toMatchObject({ verdict: 'error', cause: 'quota', message: expect.stringContaining('waiting for quota of type smoke: pods 2/2 used') });
});

test('a conflict on a quota loses no Job', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a', { startTimeoutSeconds: 10 }));
  const { report } = await start(scene, [job]);
  refuse(scene, job, 'Operation cannot be fulfilled on resourcequotas "shop-smoke": the object has been modified');
  await scene.clock.advance(60_000, 1000);
  scene.cluster.pod(podOf(job, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 0 });
});

test('a retry that a quota holds up is no error either', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a', { retries: 1 }));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, exited(1)), tapFail);
  await scene.clock.advance(1000);
  refuse(scene, job, quotaRefusal('shop-smoke'), '2026-01-01T00:00:20Z');
  await scene.clock.advance(1_000_000, 5000);
  scene.cluster.pod(podOf(job, exited(0), { attempt: 2 }), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 0, suites: [{ verdict: 'flaky' }] });
});

test('a queue may last as long as another suite of the run holds the room', async () => {
  const scene = new Scene();
  const [first, second] = [jobOf(contractOf('first', { timeoutSeconds: 600 })), jobOf(contractOf('second', { startTimeoutSeconds: 10 }))];
  const { report } = await start(scene, [first, second]);
  scene.cluster.pod(podOf(first, running()));
  const pending = podOf(second, undefined, { status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message: 'Insufficient cpu' }] } });
  scene.cluster.pod(pending);
  await scene.clock.advance(60_000, 1000);
  scene.cluster.pod(podOf(first, exited(0)), tapPass);
  await scene.clock.advance(5000);
  scene.cluster.pod(podOf(second, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 0 });
});
