import { causes } from '../../../lib/run/diagnosis/causes.ts';
import type { ErrorCause, PlannedSuite, ResultsOutcome, RunEvent } from '../../../lib/run/events.ts';
import type { ContainerSnapshot, PodSnapshot } from '../../../lib/run/observed.ts';
import type { TestCase } from '../../../lib/run/results/test-case.ts';
import { contractOf } from '../../support/kube-objects.ts';

/** A run as a log of events, with the files that it left in its folder. */
export interface RecordedRun {
  readonly events: readonly RunEvent[];
  readonly files: ReadonlyMap<string, string>;
}

const start = Date.parse('2026-03-01T10:00:00Z');
export const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

const outcomes = ['results-missing', 'results-truncated', 'results-invalid', 'results-too-large', 'no-tests', 'log-unavailable', 'log-denied'] as const;
type OutcomeCause = (typeof outcomes)[number];

/** A suite with each cause of the infrastructure, and one of every other end. */
export function everyCause(): RecordedRun {
  const files = new Map<string, string>();
  const causeSuites = (Object.keys(causes) as ErrorCause[]).map((cause, index) => causeSuite(cause, index));
  const parts = [...causeSuites, failing(files), flaky(files), timedOut(files), passing('ping', 12), passing('orders', 140), skipped()];
  return {
    files,
    events: [
      { type: 'run-started', version: 1, at: at(0), run: { id: 'r7f3', release: 'shop', namespace: 'shop-tests', context: 'kind-dev', chart: 'shop-suites-0.1.0' }, suites: parts.map((part) => part.planned) },
      ...parts.flatMap(({ events }) => events),
      { type: 'run-ended', at: at(130) },
    ],
  };
}

interface Part {
  readonly planned: PlannedSuite;
  readonly events: readonly RunEvent[];
}

function planSuite(key: string, type = 'integration', retries = 0): PlannedSuite {
  return { key, job: `shop-${key}-r7f3-1c9d2e`, uid: `job-${key}`, contract: contractOf(key, { type, retries, tags: ['nightly'], results: { from: 'files', format: 'junit', files: '**/*.xml', maxBytes: 5_000_000 } }) };
}

function causeSuite(cause: ErrorCause, index: number): Part {
  const suite = `cause-${cause}`;
  const plan = planSuite(suite, index % 2 === 0 ? 'integration' : 'e2e');
  const created = jobCreated(plan, 0);
  if (isOutcome(cause)) {
    const outcome: ResultsOutcome = { ok: false, cause, message: `the collector told of ${cause}.`, files: [] };
    return { planned: plan, events: [created, podAt(plan, 1, { created: 1, scheduled: 2, ran: [4, 20 + index] }), { type: 'results-collected', at: at(30), suite, pod: podName(plan, 1), outcome }] };
  }
  const name = podName(plan, 1);
  const warning = { uid: `e-${suite}`, type: 'Warning', reason: 'FailedToHelp', message: `The cluster's own words about ${cause}: 0/3 nodes are available, 3 Insufficient memory. preemption: 0/3 nodes are available.`, count: 4, firstAt: at(3), at: at(25), object: `Pod/${name}` };
  return {
    planned: plan,
    events: [
      created,
      podAt(plan, 1, { created: 1, ...(index % 3 > 0 && { scheduled: 1 + index }) }),
      { type: 'cluster-event-observed', at: at(25), suite, event: warning },
      {
        type: 'grace-expired',
        at: at(120),
        suite,
        cause,
        message: `The suite met the trouble '${causes[cause].title}' and it did not get better within its grace time of 120 s.`,
        evidence: [{ source: 'event', kind: 'Pod', name, reason: warning.reason, message: warning.message, at: at(25) }],
      },
    ],
  };
}

function isOutcome(cause: ErrorCause): cause is OutcomeCause {
  return outcomes.some((outcome) => outcome === cause);
}

const colours = [
  '\u001b[1m============================= test session starts ==============================\u001b[0m',
  'collected 14 items',
  '',
  'tests/test_worker.py \u001b[32m.\u001b[0m\u001b[32m.\u001b[0m\u001b[31mF\u001b[0m\u001b[33ms\u001b[0m                                                [100%]',
  '\u001b[31m\u001b[1m______________________________ test_retry[redis] _______________________________\u001b[0m',
  '>       \u001b[94massert\u001b[39;49;00m worker.attempts == \u001b[94m4\u001b[39;49;00m\u001b[90m\u001b[39;49;00m',
  '\u001b[1m\u001b[31mE       AssertionError: assert 3 == 4\u001b[0m',
  'progress  10 %\rprogress  50 %\rprogress 100 %',
  '\u001b]0;title\u0007\u001b[38;5;208mpalette\u001b[0m \u001b[48;2;40;80;120mtrue colour\u001b[0m \u001b[41m on red \u001b[0m',
  '\u001b[31m========================= \u001b[31m\u001b[1m2 failed\u001b[0m, \u001b[32m12 passed\u001b[0m\u001b[31m in 40.71s\u001b[0m\u001b[31m =========================\u001b[0m',
].join('\n');

const failure: TestCase = {
  name: 'test_retry[redis]',
  group: 'tests/test_worker.py',
  status: 'failed',
  durationMs: 210,
  message: 'AssertionError: assert 3 == 4',
  details: ['def test_retry(worker):', '    worker.retry(3)', '>   assert worker.attempts == 4', 'E   AssertionError: assert 3 == 4', 'E    +  where 3 = <Worker redis://celery-redis:6379/0>.attempts', '', 'tests/test_worker.py:41: AssertionError'].join('\n'),
  file: 'tests/test_worker.py',
  line: 41,
};

function failing(files: Map<string, string>): Part {
  const plan = planSuite('worker');
  const tests: readonly TestCase[] = [...passedTests(12, 'tests/test_worker.py'), failure, { name: 'test_teardown', group: 'tests/test_worker.py', status: 'error', durationMs: 4, message: 'fixture "queue" not found' }, { name: 'test_windows', group: 'tests/test_worker.py', status: 'skipped', message: 'needs Windows' }];
  const path = 'suites/worker/1/log.txt';
  const service = 'suites/worker/services/celery-redis/redis-0.log';
  files.set(path, `${colours}\n`);
  files.set(service, '1:M 01 Mar 2026 10:00:09.000 * Ready to accept connections\n1:M 01 Mar 2026 10:00:31.120 # WARNING: maxmemory reached\n');
  files.set('suites/worker/job.json', '{\n  "kind": "Job"\n}\n');
  const pulling = (reason: string, message: string, seconds: number): RunEvent => ({ type: 'cluster-event-observed', at: at(seconds), suite: 'worker', event: { uid: reason, type: 'Normal', reason, message, count: 1, at: at(seconds), firstAt: at(seconds), object: `Pod/${podName(plan, 1)}` } });
  return {
    planned: plan,
    events: [
      jobCreated(plan, 0),
      pulling('Pulling', 'Pulling image "registry.example.com/shop/tests:0f3c"', 9),
      pulling('Pulled', 'Successfully pulled image "registry.example.com/shop/tests:0f3c" in 12s', 21),
      podAt(plan, 1, { created: 2, scheduled: 8, guarded: [21, 25], ran: [26, 68], exitCode: 1 }),
      { type: 'log-collected', at: at(69), suite: 'worker', pod: podName(plan, 1), path, bytes: colours.length, tail: colours },
      { type: 'evidence-collected', at: at(70), suite: 'worker', bytes: 10, attachment: { kind: 'service-log', title: 'log of pod redis-0, container redis', service: 'celery-redis', path: service } },
      { type: 'evidence-collected', at: at(70), suite: 'worker', bytes: 10, attachment: { kind: 'job', title: 'Job shop-worker', path: 'suites/worker/job.json' } },
      { type: 'evidence-collected', at: at(70), suite: 'worker', bytes: 0, attachment: { kind: 'service-events', title: 'events of pod redis-0', service: 'celery-redis', note: 'may not be read: events is forbidden' } },
      { type: 'results-collected', at: at(71), suite: 'worker', pod: podName(plan, 1), outcome: { ok: true, tests, files: [{ path: 'junit.xml', bytes: 4182 }, { path: 'screenshots/checkout page — after payment.png', bytes: 181_220 }], collectedAt: at(71) } },
    ],
  };
}

function flaky(files: Map<string, string>): Part {
  const plan = planSuite('cart', 'e2e', 2);
  const attempt = (number: number, ran: readonly [number, number], tests: readonly TestCase[], exitCode: number): readonly RunEvent[] => {
    const path = `suites/cart/${number}/log.txt`;
    files.set(path, `attempt ${number}\n\u001b[${exitCode === 0 ? '32mPASS' : '31mFAIL'}\u001b[0m cart.test.ts\n`);
    return [
      podAt(plan, number, { created: ran[0] - 3, scheduled: ran[0] - 2, ran, exitCode }),
      { type: 'log-collected', at: at(ran[1]), suite: 'cart', pod: podName(plan, number), path, bytes: 30, tail: `attempt ${number}` },
      { type: 'results-collected', at: at(ran[1]), suite: 'cart', pod: podName(plan, number), outcome: { ok: true, tests, files: [], collectedAt: at(ran[1] + 1) } },
    ];
  };
  const adds = (status: TestCase['status']): TestCase => ({ name: 'adds an item while the price changes', group: 'cart.test.ts', status, durationMs: 900, ...(status === 'failed' && { message: 'expected 2 items, got 1' }) });
  const clears = (status: TestCase['status']): TestCase => ({ name: 'clears', group: 'cart.test.ts', status, durationMs: 80, ...(status === 'failed' && { message: 'locator.click: Timeout 5000ms exceeded.' }) });
  return { planned: plan, events: [jobCreated(plan, 0), ...attempt(1, [4, 19], [adds('failed'), clears('failed'), ...passedTests(3, 'cart.test.ts')], 1), ...attempt(2, [32, 44], [adds('passed'), clears('failed'), ...passedTests(3, 'cart.test.ts')], 1), ...attempt(3, [68, 80], [adds('passed'), clears('passed'), ...passedTests(3, 'cart.test.ts')], 0)] };
}

function timedOut(files: Map<string, string>): Part {
  const plan = planSuite('checkout', 'e2e');
  files.set('suites/checkout/1/log.txt', 'waiting for the payment page\n');
  return {
    planned: plan,
    events: [
      jobCreated(plan, 0),
      podAt(plan, 1, { created: 1, scheduled: 2, ran: [4, 124], exitCode: 143, phase: 'Failed', reason: 'DeadlineExceeded' }),
      { type: 'log-collected', at: at(124), suite: 'checkout', pod: podName(plan, 1), path: 'suites/checkout/1/log.txt', bytes: 29, tail: 'waiting for the payment page' },
      { type: 'results-collected', at: at(125), suite: 'checkout', pod: podName(plan, 1), outcome: { ok: true, tests: passedTests(1, 'checkout.spec.ts'), files: [] } },
    ],
  };
}

export function passing(key: string, count: number, begin = 4): Part {
  const plan = planSuite(key, 'smoke');
  return {
    planned: plan,
    events: [
      jobCreated(plan, 0),
      podAt(plan, 1, { created: 1, scheduled: 1, ran: [begin, begin + 4 + (count % 7)] }),
      { type: 'results-collected', at: at(begin + 9), suite: key, pod: podName(plan, 1), outcome: { ok: true, tests: passedTests(count, `${key}.bats`), files: [], collectedAt: at(begin + 6 + (count % 7)) } },
    ],
  };
}

function skipped(): Part {
  const plan = planSuite('search', 'e2e');
  return { planned: plan, events: [{ type: 'suite-skipped', at: at(90), suite: 'search', message: 'Not started: worker, which it needs, failed.' }] };
}

export function passedTests(count: number, group: string): readonly TestCase[] {
  return Array.from({ length: count }, (_, index) => ({ name: `does what is expected of it, case ${index + 1}`, group, status: 'passed', durationMs: 12 + ((index * 37) % 400) }));
}

function jobCreated({ key, job, uid }: PlannedSuite, seconds: number): RunEvent {
  return { type: 'job-observed', at: at(seconds), suite: key, job: { name: job, uid, createdAt: at(seconds), deleted: false, suspended: false } };
}

interface PodTimes {
  readonly created: number;
  readonly scheduled?: number;
  readonly guarded?: readonly [number, number];
  readonly ran?: readonly [number, number];
  readonly exitCode?: number;
  readonly phase?: string;
  readonly reason?: string;
}

function podAt(plan: PlannedSuite, attempt: number, { created, scheduled, guarded, ran, exitCode = 0, phase = 'Running', reason = '' }: PodTimes): RunEvent {
  const ended = (times: readonly [number, number], code: number): ContainerSnapshot => ({ state: 'terminated', reason: code === 0 ? 'Completed' : 'Error', message: '', exitCode: code, startedAt: at(times[0]), finishedAt: at(times[1]) });
  const pod: PodSnapshot = {
    name: podName(plan, attempt),
    uid: podName(plan, attempt),
    createdAt: at(created),
    startedAt: at(scheduled ?? created),
    deleted: false,
    gone: false,
    deletedAt: '',
    phase,
    reason,
    message: '',
    node: scheduled === undefined ? '' : 'node-1',
    scheduled: scheduled !== undefined,
    ...(scheduled !== undefined && { scheduledAt: at(scheduled) }),
    unschedulable: '',
    disruption: '',
    disruptionMessage: '',
    disruptedAt: '',
    suite: ran === undefined ? { state: 'waiting', reason: '', message: '' } : ended(ran, exitCode),
    ...(guarded && { guard: ended(guarded, 0) }),
  };
  return { type: 'pod-observed', at: at(created), suite: plan.key, pod };
}

function podName({ job }: PlannedSuite, attempt: number): string {
  return `${job}-${'abcde'.charAt(attempt)}x${attempt}q`;
}
