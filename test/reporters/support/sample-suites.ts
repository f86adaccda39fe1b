import { causes, docsOf } from '../../../lib/run/diagnosis/causes.ts';
import type { Evidence } from '../../../lib/run/diagnosis/evidence.ts';
import type { ErrorCause } from '../../../lib/run/events.ts';
import type { Diagnosis, SuiteReport } from '../../../lib/run/report.ts';
import { at, attemptReport, passingTests, suiteReport } from './reports.ts';

function diagnosisOf(cause: ErrorCause, pod: string, evidence: readonly Evidence[]): Diagnosis {
  const { title, advise } = causes[cause];
  const said = evidence.map(({ reason, message }) => `${reason} ${message}`).join('\n');
  return { title, ...advise({ namespace: 'shop-tests', key: pod, suite: pod, job: `shop-${pod}-r7f3`, pod: `shop-${pod}-r7f3-x1`, node: 'node-1', said }), docs: docsOf(cause), evidence };
}

/** One suite of every kind of end. */
export const samples = {
  passed: suiteReport({
    key: 'ping',
    attempts: [attemptReport({ tests: passingTests(12), message: '12 tests.', log: 'suites/ping/1/log.txt' })],
  }),

  exitCodeOnly: suiteReport({ key: 'migrate', attempts: [attemptReport({ message: 'Exit code 0.' })] }),

  failed: suiteReport({
    key: 'worker-2',
    suite: 'worker',
    shard: { index: 2, total: 2 },
    type: 'integration',
    attempts: [
      attemptReport({
        pod: 'shop-worker-2-r7f3-x1',
        verdict: 'failed',
        message: '2 tests of 14 failed (exit code 1).',
        exitCode: 1,
        durationMs: 41_030,
        tests: [
          ...passingTests(12),
          {
            name: 'test_retry[redis]',
            group: 'tests/test_worker.py',
            status: 'failed',
            durationMs: 210,
            message: 'AssertionError: assert 3 == 4',
            details: [
              'def test_retry(worker):',
              '    worker.retry(3)',
              '>   assert worker.attempts == 4',
              'E   AssertionError: assert 3 == 4',
            ].join('\n'),
            file: 'tests/test_worker.py',
            line: 41,
          },
          { name: 'test_teardown', group: 'tests/test_worker.py', status: 'error', durationMs: 4, message: 'fixture "queue" not found' },
        ],
        log: 'suites/worker-2/1/log.txt',
        logTail: 'FAILED tests/test_worker.py::test_retry[redis]\n2 failed, 12 passed in 40.71s\n',
        files: [{ path: 'suites/worker-2/1/files/junit.xml', bytes: 4182 }],
      }),
    ],
  }),

  oomKilled: suiteReport({
    key: 'bulk-import',
    type: 'integration',
    attempts: [
      attemptReport({
        pod: 'shop-bulk-import-r7f3-x1',
        verdict: 'error',
        cause: 'oom-killed',
        message: 'The suite container was killed because it used more memory than its limit.',
        diagnosis: diagnosisOf('oom-killed', 'bulk-import', [{ source: 'status', kind: 'Container', name: 'suite', reason: 'OOMKilled', message: 'exit code 137', at: at(14).toISOString() }]),
        exitCode: 137,
        durationMs: 8200,
        log: 'suites/bulk-import/1/log.txt',
        logTail: Array.from({ length: 30 }, (_, index) => `imported batch ${index + 1}`).join('\n'),
      }),
    ],
  }),

  unschedulable: suiteReport({
    key: 'browser',
    type: 'e2e',
    verdict: 'error',
    cause: 'unschedulable',
    message: 'No node can take the pod: 0/1 nodes are available: 1 Insufficient memory.',
    diagnosis: diagnosisOf('unschedulable', 'browser', [
      {
        source: 'event',
        kind: 'Pod',
        name: 'shop-browser-r7f3-x1',
        reason: 'FailedScheduling',
        message: '0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available.',
        at: at(30).toISOString(),
      },
    ]),
    attachments: [
      { kind: 'job', title: 'Job shop-browser-r7f3', path: 'suites/browser/job.json' },
      { kind: 'service-log', title: 'pods of service redis', service: 'redis', note: 'pods is forbidden: User "ci" cannot list resource "pods" in namespace "shop"' },
    ],
    events: [
      {
        uid: 'e1',
        type: 'Warning',
        reason: 'FailedScheduling',
        message: '0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available.',
        at: at(30).toISOString(),
        object: 'Pod/shop-browser-r7f3-x1',
      },
    ],
  }),

  timedout: suiteReport({
    key: 'checkout',
    type: 'e2e',
    attempts: [
      attemptReport({
        pod: 'shop-checkout-r7f3-x1',
        verdict: 'timedout',
        message: 'The suite did not end within its timeout of 60 s.',
        exitCode: 143,
        durationMs: 60_000,
        tests: passingTests(1),
        log: 'suites/checkout/1/log.txt',
        logTail: 'waiting for the payment page',
      }),
    ],
  }),

  flaky: suiteReport({
    key: 'cart',
    type: 'integration',
    verdict: 'flaky',
    message: 'Passed on attempt 2.',
    attempts: [
      attemptReport({
        number: 1,
        verdict: 'failed',
        message: '1 test of 3 failed (exit code 1).',
        tests: [{ name: 'adds an item', group: 'cart.test.ts', status: 'failed', message: 'timeout' }],
      }),
      attemptReport({ number: 2, pod: 'shop-cart-r7f3-x2', tests: passingTests(3), message: '3 tests.' }),
    ],
  }),

  skipped: suiteReport({ key: 'load', type: 'performance', verdict: 'skipped', message: "It needs 'checkout', which timed out." }),

  interrupted: suiteReport({ key: 'search', type: 'e2e', verdict: 'interrupted', message: 'The run ended before the suite did.' }),
} satisfies Record<string, SuiteReport>;
