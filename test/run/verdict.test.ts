import { describe, expect, test } from 'vitest';
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { SuiteContract } from '../../lib/config/contract.ts';
import type { ResultsOutcome, RunEvent } from '../../lib/run/events.ts';
import { emptyRun, reduceRun, type SuiteState } from '../../lib/run/run-state.ts';
import { toJobSnapshot, toPodSnapshot } from '../../lib/run/snapshots.ts';
import { judgeSuite } from '../../lib/run/suite-verdict.ts';
import { findTrouble } from '../../lib/run/trouble.ts';
import { contractOf, exited, jobOf, podOf, running, said, waiting } from '../support/kube-objects.ts';

const at = '2026-01-01T00:00:00.000Z';
const pass = { name: 'a', group: '', status: 'passed' } as const;
const fail = { name: 'b', group: '', status: 'failed' } as const;
const passing: ResultsOutcome = { ok: true, tests: [pass], files: [] };
const failing: ResultsOutcome = { ok: true, tests: [pass, fail], files: [] };
const none: ResultsOutcome = { ok: false, cause: 'results-missing', message: 'nothing was printed.', files: [] };

interface Attempt {
  readonly pod: V1Pod;
  readonly results?: ResultsOutcome;
  readonly deleted?: boolean;
}

function suiteAfter(contract: SuiteContract, attempts: readonly Attempt[], condition?: 'Complete' | 'Failed', reason = ''): SuiteState {
  const job = jobOf(contract);
  if (condition) job.status = { conditions: [{ type: condition, status: 'True', reason }] };
  const name = job.metadata?.name ?? '';
  const events: RunEvent[] = [
    { type: 'run-started', version: 1, at, run: { id: 'r', release: 'shop', namespace: 'n', context: 'c', chart: 'x' }, suites: [{ key: 'a', job: name, uid: job.metadata?.uid ?? '', contract }] },
    { type: 'job-observed', at, suite: 'a', job: toJobSnapshot(job, false) },
    ...attempts.flatMap(({ pod, results, deleted }): RunEvent[] => [
      { type: 'pod-observed', at, suite: 'a', pod: toPodSnapshot(pod, deleted ?? false) },
      ...(results ? [{ type: 'results-collected', at, suite: 'a', pod: pod.metadata?.name ?? '', outcome: results } as const] : []),
    ]),
  ];
  const suite = events.reduce(reduceRun, emptyRun).suites.get('a');
  if (suite === undefined) throw new Error('no suite');
  return suite;
}

const contract = contractOf('a');
const job = jobOf(contract);

describe('a suite without retries', () => {
  test.each<[string, readonly Attempt[], object | undefined]>([
    ['has no verdict without a pod', [], undefined],
    ['has no verdict while it runs', [{ pod: podOf(job, running()) }], undefined],
    ['has no verdict while its image is pulled', [{ pod: podOf(job, waiting('ErrImagePull')) }], undefined],
    ['has no verdict before its results are in', [{ pod: podOf(job, exited(0)) }], undefined],
    ['passes with exit code 0 and passing tests', [{ pod: podOf(job, exited(0)), results: passing }], { verdict: 'passed' }],
    ['fails with exit code 0 and a failing test', [{ pod: podOf(job, exited(0)), results: failing }], { verdict: 'failed' }],
    ['is an error with exit code 0 and no results', [{ pod: podOf(job, exited(0)), results: none }], { verdict: 'error', cause: 'results-missing' }],
    ['fails with exit code 1 and a failing test', [{ pod: podOf(job, exited(1)), results: failing }], { verdict: 'failed' }],
    ['fails with exit code 1 although all tests passed', [{ pod: podOf(job, exited(1)), results: passing }], { verdict: 'failed' }],
    ['fails with what a shell says of a missing command', [{ pod: podOf(job, exited(127)), results: none }], { verdict: 'failed', message: expect.stringMatching(/^Exit code 127 \(command not found\);/) }],
    ['fails with the signal that ended it', [{ pod: podOf(job, exited(139)), results: failing }], { verdict: 'failed', message: '1 test of 2 failed (exit code 139, SIGSEGV).' }],
    ['fails with the forbidden system call that ended it', [{ pod: podOf(job, exited(159)), results: failing }], { verdict: 'failed', message: '1 test of 2 failed (exit code 159, SIGSYS: a system call that seccomp forbids).' }],
    ['fails with exit code 1 and no results, and says so', [{ pod: podOf(job, exited(1)), results: none }], { verdict: 'failed', cause: 'results-missing' }],
    ['is an error when killed for its memory', [{ pod: podOf(job, exited(137, 'OOMKilled')), results: failing }], { verdict: 'error', cause: 'oom-killed' }],
    ['is an error when its command does not exist', [{ pod: podOf(job, exited(128, 'StartError')), results: none }], { verdict: 'error', cause: 'container-start' }],
    [
      'times out by the deadline of its pod',
      [{ pod: podOf(job, exited(137), { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }), results: passing }],
      { verdict: 'timedout' },
    ],
    [
      'does not time out when it had ended well before its collector',
      [{ pod: podOf(job, exited(0), { status: { phase: 'Failed', reason: 'DeadlineExceeded', startTime: new Date('2026-01-01T00:00:01Z') } }), results: passing }],
      { verdict: 'passed' },
    ],
    [
      'times out when it answers the deadline with exit code 0',
      [{ pod: podOf(job, exited(0), { status: { phase: 'Failed', reason: 'DeadlineExceeded', startTime: new Date('2025-12-31T23:59:05Z') } }), results: passing }],
      { verdict: 'timedout' },
    ],
    [
      'is an error when its image did not arrive within its timeout',
      [{ pod: podOf(job, waiting('ImagePullBackOff'), { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }) }],
      { verdict: 'error', cause: 'image-pull' },
    ],
    [
      'names what was missing when its timeout is shorter than the grace for it',
      [{ pod: podOf(job, waiting('CreateContainerConfigError', 'secret "absent" not found'), { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }) }],
      { verdict: 'error', cause: 'missing-config', message: "Secret 'absent' does not exist (until the suite's timeout of 60 s)" },
    ],
    [
      'is an error when it did not start within its timeout, and nothing says why',
      [{ pod: podOf(job, waiting('ContainerCreating'), { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }) }],
      { verdict: 'error', cause: 'start-timeout' },
    ],
    [
      'is an error when its timeout was over before its container was made',
      [{ pod: podOf(job, waiting('PodInitializing'), { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }) }],
      { verdict: 'error', cause: 'start-timeout', message: expect.stringContaining('its pod was still being started') },
    ],
    [
      'is an error when the kubelet ended its pod before its container was made',
      [{ pod: podOf(job, exited(137, 'ContainerStatusUnknown'), { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }) }],
      { verdict: 'error', cause: 'start-timeout' },
    ],
    [
      'times out when the kubelet has lost the container that it had made',
      [{ pod: podOf(job, exited(137, 'ContainerStatusUnknown'), { containerID: 'containerd://1', status: { phase: 'Failed', reason: 'DeadlineExceeded' } }), results: none }],
      { verdict: 'timedout' },
    ],
    [
      'waits for the next pod after an eviction',
      [{ pod: podOf(job, exited(143), { status: { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }] } }), results: none }],
      undefined,
    ],
    [
      'passes on the pod after an eviction, without being flaky',
      [
        { pod: podOf(job, exited(143), { status: { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }] } }), results: none },
        { pod: podOf(job, exited(0), { attempt: 2 }), results: passing },
      ],
      { verdict: 'passed' },
    ],
    ['waits for the next pod when somebody deleted the first', [{ pod: podOf(job, running()), deleted: true }], undefined],
  ])('%s', (_title, attempts, expected) => {
    const judgement = judgeSuite(suiteAfter(contract, attempts));
    if (expected === undefined) expect(judgement).toBeUndefined();
    else expect(judgement).toMatchObject(expected);
  });

  test('is an error when its pod was deleted and the Job gave up', () => {
    const suite = suiteAfter(contract, [{ pod: podOf(job, running()), deleted: true }], 'Failed', 'PodFailurePolicy');
    expect(judgeSuite(suite)).toMatchObject({ verdict: 'error', cause: 'pod-deleted' });
  });

  test('times out by the backstop deadline of its Job', () => {
    const suite = suiteAfter(contract, [{ pod: podOf(job, running()), deleted: true }], 'Failed', 'DeadlineExceeded');
    expect(judgeSuite(suite)).toMatchObject({ verdict: 'timedout' });
  });

  test('keeps its verdict when its pod is evicted afterwards', () => {
    const evicted = podOf(job, exited(0), { status: { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }] } });
    expect(suiteAfter(contract, [{ pod: podOf(job, exited(0)), results: passing }, { pod: evicted }]).verdict).toMatchObject({ verdict: 'passed' });
  });

  test('has no verdict by a failed Job whose pod is not seen yet', () => {
    expect(judgeSuite(suiteAfter(contract, [], 'Failed', 'PodFailurePolicy'))).toBeUndefined();
  });

  test('never passes by the condition of its Job alone', () => {
    expect(judgeSuite(suiteAfter(contract, [{ pod: podOf(job, exited(0)) }], 'Complete'))).toBeUndefined();
  });
});

describe('a suite whose pod was taken away', () => {
  const ended = '2026-01-01T00:00:05Z';
  const before = '2026-01-01T00:00:04Z';
  const after = '2026-01-01T00:00:06Z';
  const evicted = (attempt: number, decidedAt: string, exitCode = 143): Attempt => ({
    pod: podOf(job, exited(exitCode), { attempt, status: { phase: exitCode === 0 ? 'Succeeded' : 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', lastTransitionTime: new Date(decidedAt) }] } }),
    results: exitCode === 0 ? passing : none,
  });
  const deleted = (askedAt: string, exitCode: number, results?: ResultsOutcome): Attempt => {
    const pod = podOf(job, exited(exitCode));
    // Kubernetes notes the end of the grace period.
    const metadata = { ...pod.metadata, deletionGracePeriodSeconds: 30, deletionTimestamp: new Date(Date.parse(askedAt) + 30_000) };
    return { pod: { ...pod, metadata }, ...(results && { results }) };
  };

  test.each<[string, readonly Attempt[], 'Complete' | 'Failed' | undefined, object | undefined]>([
    ['is judged by its results when it had ended before its eviction', [evicted(1, after, 0)], undefined, { verdict: 'passed' }],
    ['does not pass with exit code 0 when it ended in the second of its eviction', [evicted(1, ended, 0)], 'Complete', { verdict: 'error', cause: 'evicted' }],
    ['has another try after one eviction', [evicted(1, before)], undefined, undefined],
    ['is an error after more evictions than infraRetries', [evicted(1, before), evicted(2, before)], undefined, { verdict: 'error', cause: 'evicted' }],
    ['fails by its tests after an eviction, without more tries', [evicted(1, before), { pod: podOf(job, exited(1), { attempt: 2 }), results: failing }], undefined, { verdict: 'failed' }],
    ['is judged by its results when it had ended before its deletion', [deleted(after, 0, passing)], undefined, { verdict: 'passed' }],
    ['is no test failure when the deletion ended it', [deleted(before, 143, passing)], 'Failed', { verdict: 'error', cause: 'pod-deleted' }],
    ['does not pass when it answers the deletion with exit code 0', [deleted(before, 0, passing)], 'Failed', { verdict: 'error', cause: 'pod-deleted' }],
    ['waits for its results while its pod is still there', [deleted(before, 143)], undefined, undefined],
  ])('%s', (_title, attempts, condition, expected) => {
    const judgement = judgeSuite(suiteAfter(contract, attempts, condition));
    if (expected === undefined) expect(judgement).toBeUndefined();
    else expect(judgement).toMatchObject(expected);
  });

  test('is not proven to have ended before a deletion whose time the kubelet has moved to its own end', () => {
    const taken = deleted('2026-01-01T00:00:03Z', 0).pod;
    const atItsEnd = { ...podOf(job, exited(0), { status: { phase: 'Succeeded' } }), metadata: { ...taken.metadata, deletionGracePeriodSeconds: 0, deletionTimestamp: new Date('2026-01-01T00:00:06Z') } };
    const asked = { ...podOf(job, undefined), metadata: taken.metadata };
    expect(judgeSuite(suiteAfter(contract, [{ pod: asked }, { pod: atItsEnd, results: passing }], 'Complete'))).toMatchObject({ verdict: 'error', cause: 'pod-deleted' });
    const spec = { ...atItsEnd.spec, containers: [], terminationGracePeriodSeconds: 30 };
    expect(judgeSuite(suiteAfter(contract, [{ pod: { ...atItsEnd, spec }, results: passing }], 'Failed'))).toMatchObject({ verdict: 'error', cause: 'pod-deleted' });
  });

  test('has an end although its successor was started before it could be judged', () => {
    const successor = { pod: podOf(job, waiting('ContainerCreating'), { attempt: 2 }) };
    expect(judgeSuite(suiteAfter(contractOf('a', { infraRetries: 0 }), [evicted(1, before), successor]))).toMatchObject({ verdict: 'error', cause: 'evicted' });
    expect(judgeSuite(suiteAfter(contract, [evicted(1, before), successor]))).toBeUndefined();
  });

  test('counts disruptions and failures apart', () => {
    const retried = contractOf('a', { retries: 1 });
    const failure = { pod: podOf(job, exited(1), { attempt: 2 }), results: failing };
    expect(judgeSuite(suiteAfter(retried, [evicted(1, before), failure]))).toBeUndefined();
    expect(judgeSuite(suiteAfter(retried, [evicted(1, before), failure, { pod: podOf(job, exited(0), { attempt: 3 }), results: passing }]))).toMatchObject({ verdict: 'flaky' });
  });

  test('is an error at once without infraRetries', () => {
    expect(judgeSuite(suiteAfter(contractOf('a', { infraRetries: 0 }), [evicted(1, before)]))).toMatchObject({ verdict: 'error', cause: 'evicted' });
  });
});

describe('a suite with one retry', () => {
  const retried = contractOf('a', { retries: 1 });
  const failed = { pod: podOf(job, exited(1)), results: failing };

  test('has no verdict after the first failure', () => {
    expect(judgeSuite(suiteAfter(retried, [failed]))).toBeUndefined();
  });

  test('is flaky when it passes then', () => {
    expect(judgeSuite(suiteAfter(retried, [failed, { pod: podOf(job, exited(0), { attempt: 2 }), results: passing }]))).toEqual({
      verdict: 'flaky',
      message: 'Passed on attempt 2.',
    });
  });

  test('fails when it fails again', () => {
    expect(judgeSuite(suiteAfter(retried, [failed, { pod: podOf(job, exited(1), { attempt: 2 }), results: failing }]))).toMatchObject({ verdict: 'failed' });
  });

  test('is not retried after exit code 0 with failing tests, because its Job is complete', () => {
    expect(judgeSuite(suiteAfter(retried, [{ pod: podOf(job, exited(0)), results: failing }]))).toMatchObject({ verdict: 'failed' });
  });
});

describe('a suite whose network guard did not let it start', () => {
  const ended = (guard: V1ContainerStatus['state'], status: V1Pod['status'] = {}): Attempt => ({ pod: podOf(job, waiting('PodInitializing'), { guard, status: { phase: 'Failed', ...status } }) });

  test.each<[string, Attempt, string, RegExp]>([
    ['is an error when a service does not answer', ended(said(1, 'error=service-unreachable after 30 s with nc: no answer: db (db:5432)')), 'service-unreachable', /cannot be reached: after 30 s with nc: no answer: db \(db:5432\)\.$/],
    ['is an error when a denied service answers', ended(said(1, 'error=policy-not-enforced after 30 s with nc: answers although denied: db (db:5432)')), 'policy-not-enforced', /network plugin enforces none/],
    ['is an error when the image has no tool', ended(said(1, 'error=missing-tool one of nc and curl')), 'guard-failed', /needs one of nc and curl.*network\.guardImage/],
    ['is an error when the guard says nothing', ended(said(137, '')), 'guard-failed', /exit code 137/],
    ['is an error when the guard says what no guard says', ended(said(1, 'error=passed \u001b[31mwell done')), 'guard-failed', /\(Error: error=passed well done\)/],
    ['is an error when the deadline ends the guard', ended(said(137, ''), { reason: 'DeadlineExceeded' }), 'guard-failed', /within the suite's timeout of 60 s/],
  ])('%s', (_title, attempt, cause, message) => {
    expect(judgeSuite(suiteAfter(contract, [attempt]))).toMatchObject({ verdict: 'error', cause, message: expect.stringMatching(message) });
  });

  test('has no verdict while the guard waits, and says what it waits for when that takes too long', () => {
    const suite = suiteAfter(contract, [{ pod: podOf(job, waiting('PodInitializing'), { guard: running(), status: { phase: 'Pending' } }) }]);
    expect(judgeSuite(suite)).toBeUndefined();
    expect(findTrouble(suite)).toMatchObject({ cause: 'guard-failed', graceSeconds: 210 });
  });

  test('gets another chance where it has retries', () => {
    expect(judgeSuite(suiteAfter(contractOf('a', { retries: 1 }), [ended(said(1, 'error=service-unreachable x'))]))).toBeUndefined();
  });

  test('is judged by itself once the guard has ended well', () => {
    expect(judgeSuite(suiteAfter(contract, [{ pod: podOf(job, exited(0), { guard: said(0, '') }), results: passing }]))).toMatchObject({ verdict: 'passed' });
  });
});
