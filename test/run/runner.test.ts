import { expect, test } from 'vitest';
import { KubesuiteError } from '../../lib/errors.ts';
import { contractOf, exited, jobOf, podOf, running, waiting } from '../support/kube-objects.ts';
import { Scene, start, tapFail, tapPass } from '../support/run-scene.ts';

test('follows suites to their verdicts', async () => {
  const scene = new Scene();
  const ping = jobOf(contractOf('ping'));
  const worker = jobOf(contractOf('worker'));
  const { report } = await start(scene, [ping, worker]);
  scene.cluster.pod(podOf(ping, running()));
  scene.cluster.pod(podOf(worker, waiting('ContainerCreating')));
  await scene.clock.advance(1000);
  scene.cluster.pod(podOf(ping, exited(0)), tapPass);
  scene.cluster.pod(podOf(worker, exited(1)), tapFail);
  await scene.clock.advance(1000);
  expect((await report).exitCode).toBe(1);
  expect(scene.transcript).toMatchInlineSnapshot(`
    [
      "run start: ping worker",
      "  ping queued",
      "  worker queued",
      "  ping started, attempt 1",
      "  worker started, attempt 1",
      "  ping passed: 1 test.",
      "  worker failed: 1 test of 2 failed (exit code 1).",
      "run end: failed, exit code 1",
    ]
  `);
  expect([...scene.folder.files.keys()]).toEqual(['suites/ping/1/log.txt', 'suites/worker/1/log.txt', 'suites/worker/job.json', 'suites/worker/1/pod.json']);
});

test('a Job that is gone is told from the start, and holds nobody up', async () => {
  const scene = new Scene();
  const ping = jobOf(contractOf('ping'));
  const { report } = await start(scene, [ping], [jobOf(contractOf('worker'))]);
  await scene.clock.advance(30_000);
  scene.cluster.pod(podOf(ping, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 3, verdict: 'error' });
  expect(scene.transcript).toMatchInlineSnapshot(`
    [
      "run start: ping shop-worker-r1",
      "  shop-worker-r1 queued",
      "  shop-worker-r1 error (job-missing): Job shop-worker-r1 is listed by the release, but does not exist.",
      "  ping queued",
      "  ping started, attempt 1",
      "  ping passed: 1 test.",
      "run end: failed, exit code 3",
    ]
  `);
});

test('a release whose Jobs are all gone ends', async () => {
  const scene = new Scene();
  const { report } = await start(scene, [], [jobOf(contractOf('ping')), jobOf(contractOf('worker'))]);
  await scene.clock.advance(31_000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ cause: 'job-missing' }, { cause: 'job-missing' }] });
});

test('retries are attempts of one suite', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('shaky', { retries: 1 }));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, exited(1)), tapFail);
  await scene.clock.advance(11_000);
  scene.cluster.pod(podOf(job, exited(0), { attempt: 2 }), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 0, verdict: 'flaky', suites: [{ attempts: [{ verdict: 'failed' }, { verdict: 'passed' }] }] });
  expect(scene.transcript).toMatchInlineSnapshot(`
    [
      "run start: shaky",
      "  shaky queued",
      "  shaky started, attempt 1",
      "  shaky started, attempt 2",
      "  shaky flaky: Passed on attempt 2.",
      "run end: passed, exit code 0",
    ]
  `);
});

test('the back-off before a retry is no part of its start', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('shaky', { retries: 1, startTimeoutSeconds: 10 }));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, exited(1)), tapFail);
  await scene.clock.advance(40_000, 1000);
  scene.cluster.pod(podOf(job, waiting('ContainerCreating'), { attempt: 2 }));
  await scene.clock.advance(8000, 1000);
  scene.cluster.pod(podOf(job, exited(0), { attempt: 2 }), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 0, verdict: 'flaky' });
});

test('results in a log are not complete when its beginning has gone while the suite ran', async () => {
  const scene = new Scene();
  const [whole, cut] = [jobOf(contractOf('whole')), jobOf(contractOf('cut'))];
  const { report } = await start(scene, [whole, cut]);
  for (const job of [whole, cut]) scene.cluster.pod(podOf(job, running()), tapFail);
  await scene.clock.advance(1000);
  scene.cluster.pod(podOf(whole, exited(0)), tapPass);
  await scene.clock.advance(1000);
  scene.cluster.logBegins = '2026-01-01T00:00:30.000000000Z';
  scene.cluster.pod(podOf(cut, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ suites: [{ verdict: 'passed' }, { verdict: 'error', cause: 'results-truncated', message: expect.stringContaining('The beginning of the log is gone') }] });
});

test.each([
  ['an image that cannot be pulled', waiting('ImagePullBackOff', 'i/o timeout'), 'image-pull', 120],
  ['an image that the registry does not have', waiting('ErrImagePull', 'manifest unknown'), 'image-pull', 30],
  ['an image that is not on the node', waiting('ErrImageNeverPull'), 'image-pull', 3],
  ['a Secret that does not exist', waiting('CreateContainerConfigError', 'secret "x" not found'), 'missing-config', 60],
  ['an image name that can never be pulled', waiting('InvalidImageName'), 'image-pull', 1],
])('gives up on %s after its grace time', async (_title, state, cause, seconds) => {
  const scene = new Scene();
  const job = jobOf(contractOf('a'));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, state));
  await scene.clock.advance(seconds * 1000 - 1000, 500);
  if (seconds > 1) expect(scene.transcript).not.toContainEqual(expect.stringContaining('error'));
  await scene.clock.advance(3000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ verdict: 'error', cause, attempts: [{ verdict: 'error', cause }] }] });
});

test('a suite whose node does not answer is an error soon after its timeout', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a', { timeoutSeconds: 30 }));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, running()));
  await scene.clock.advance(125_000, 1000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ cause: 'node-lost' }] });
});

test('what takes long while the API server does not answer is nobody\'s fault', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a'));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, waiting('ImagePullBackOff', 'dial tcp: i/o timeout')));
  await scene.clock.advance(100_000, 1000);
  scene.cluster.loseContact('connect ECONNREFUSED');
  await scene.clock.advance(250_000, 1000);
  scene.cluster.loseContact(undefined);
  await scene.clock.advance(10_000, 1000);
  expect(scene.transcript).not.toContainEqual(expect.stringContaining('error'));
  scene.cluster.pod(podOf(job, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 0 });
});

test('an API server that does not come back is the error of every open suite, after five minutes', async () => {
  const scene = new Scene();
  const [done, open] = [jobOf(contractOf('done')), jobOf(contractOf('open'))];
  const { report } = await start(scene, [done, open]);
  scene.cluster.pod(podOf(done, exited(0)), tapPass);
  scene.cluster.pod(podOf(open, running()));
  await scene.clock.advance(1000);
  scene.cluster.loseContact('connect ECONNREFUSED');
  await scene.clock.advance(302_000, 1000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ verdict: 'passed' }, { verdict: 'error', cause: 'lost-contact', message: expect.stringContaining('300 s. connect ECONNREFUSED') }] });
});

test('results that exist are collected after an API server was away', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a'));
  const { report } = await start(scene, [job]);
  const { readLog } = scene.cluster;
  scene.cluster.readLog = async () => {
    throw new KubesuiteError('CLUSTER_UNREACHABLE', 'connect ECONNREFUSED');
  };
  scene.cluster.pod(podOf(job, exited(0)), tapPass);
  scene.cluster.loseContact('connect ECONNREFUSED');
  await scene.clock.advance(280_000, 1000);
  scene.cluster.readLog = readLog;
  scene.cluster.loseContact(undefined);
  await scene.clock.advance(5000);
  expect(await report).toMatchObject({ exitCode: 0 });
});

test('a Job that is gone is an error, not a shorter run', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a'));
  scene.cluster.install('shop', [job]);
  const { report } = await start(scene, [job]);
  scene.cluster.change({ kind: 'jobs', type: 'deleted', object: job });
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ cause: 'job-deleted' }] });
});

test('a log that cannot be read is an error, not a pass', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a'));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, exited(0)));
  await scene.clock.advance(125_000, 500);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ cause: 'log-unavailable', message: expect.stringContaining('pods "shop-a-r1-1" not found') }] });
});

test.each([
  ['stdout', contractOf('a')],
  ['files', contractOf('a', { results: { from: 'files', format: 'junit', files: '**/*.xml', maxBytes: 1024 } })],
])('results from %s without the right to read logs are an error at once, in the words of the API server', async (_title, contract) => {
  const scene = new Scene();
  const forbidden = 'pods "p" is forbidden: User "u" cannot get resource "pods/log" in API group "" in the namespace "ns"';
  scene.cluster.readLog = async () => {
    throw new KubesuiteError('CLUSTER_DENIED', forbidden);
  };
  const job = jobOf(contract);
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, exited(0), { collector: exited(0) }));
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ verdict: 'error', cause: 'log-denied', message: expect.stringContaining(forbidden) }] });
});

test('a log that cannot be read beside results from elsewhere is noted, and judges nothing', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a', { results: { from: 'exit-code' } }));
  const { report } = await start(scene, [job]);
  scene.cluster.pod(podOf(job, exited(0)));
  await scene.clock.advance(125_000, 500);
  const attachments = [{ kind: 'log', title: 'log of pod shop-a-r1-1', note: expect.stringContaining('pods "shop-a-r1-1" not found') }];
  expect(await report).toMatchObject({ exitCode: 0, suites: [{ verdict: 'passed', attempts: [{ attachments }] }] });
});

test('an interrupt keeps what exists and ends every suite once', async () => {
  const scene = new Scene();
  const [done, open] = [jobOf(contractOf('done')), jobOf(contractOf('open'))];
  const { report } = await start(scene, [done, open]);
  scene.cluster.pod(podOf(done, exited(0)), tapPass);
  scene.cluster.pod(podOf(open, running()), 'ok 1 - so far\n');
  await scene.clock.advance(1000);
  scene.interrupt();
  expect(await report).toMatchObject({ exitCode: 130, suites: [{ verdict: 'passed' }, { verdict: 'interrupted', attempts: [{ logTail: 'ok 1 - so far' }] }] });
  expect(scene.transcript).toMatchInlineSnapshot(`
    [
      "run start: done open",
      "  done queued",
      "  open queued",
      "  done started, attempt 1",
      "  open started, attempt 1",
      "  done passed: 1 test.",
      "  open interrupted: The run ended before the suite did.",
      "run end: interrupted, exit code 130",
    ]
  `);
});

test('a pod of an earlier Job of the same name is not taken for its own', async () => {
  const scene = new Scene();
  const job = jobOf(contractOf('a', { startTimeoutSeconds: 5 }));
  const { report } = await start(scene, [job]);
  const foreign = podOf({ ...job, metadata: { ...job.metadata, uid: 'another' } }, exited(0));
  scene.cluster.pod(foreign, tapPass);
  await scene.clock.advance(8000);
  expect(await report).toMatchObject({ exitCode: 3, suites: [{ cause: 'start-timeout', attempts: [] }] });
});

test('a suite that had ended before is judged when all that the cluster knows of it has been told', async () => {
  const scene = new Scene();
  scene.cluster.listsAtOnce = false;
  const ping = jobOf(contractOf('ping'));
  const { report } = await start(scene, [ping]);
  scene.cluster.pod(podOf(ping, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(scene.transcript.filter((line) => line.includes('passed'))).toEqual([]);
  scene.cluster.endList();
  await scene.clock.advance(1000);
  expect((await report).suites).toMatchObject([{ key: 'ping', verdict: 'passed' }]);
});

test('a pod that comes after the verdict of its suite is not collected', async () => {
  const scene = new Scene();
  const [taken, open] = [jobOf(contractOf('taken', { infraRetries: 0 })), jobOf(contractOf('open'))];
  const { report } = await start(scene, [taken, open]);
  const evicted = { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', lastTransitionTime: new Date('2026-01-01T00:00:04Z') }] };
  scene.cluster.pod(podOf(taken, exited(143), { status: evicted }), '');
  await scene.clock.advance(1000);
  scene.cluster.pod(podOf(taken, exited(0), { attempt: 2 }), tapPass);
  scene.cluster.pod(podOf(open, exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(await report).toMatchObject({ suites: [{ verdict: 'error', cause: 'evicted' }, { verdict: 'passed' }] });
  expect([...scene.folder.files.keys()]).not.toContainEqual(expect.stringContaining('suites/taken/0/'));
});

test('of a run that fails, the end is told, and the first error thrown', async () => {
  const scene = new Scene();
  const full = new Error('ENOSPC: no space left on device');
  scene.folder.write = async () => {
    throw full;
  };
  const { report } = await start(scene, [jobOf(contractOf('a')), jobOf(contractOf('b'))]);
  report.catch(() => undefined);
  scene.cluster.pod(podOf(jobOf(contractOf('a')), exited(0)), tapPass);
  await scene.clock.advance(1000);
  await expect(report).rejects.toBe(full);
  const told = [...scene.transcript];
  expect(told.at(-1)).toBe('run end: interrupted, exit code 130');
  scene.cluster.pod(podOf(jobOf(contractOf('b')), exited(0)), tapPass);
  await scene.clock.advance(1000);
  expect(scene.transcript).toEqual(told);
});
