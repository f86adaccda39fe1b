import { describe, expect, it } from 'vitest';
import { createPlayed, playRun, printRun, progressOf } from './support/play.ts';
import { at, plannedSuite, runInfo, runReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

describe('default reporter in a log', () => {
  it('prints a passed run', async () => {
    expect(await printRun(runReport([samples.passed, samples.exitCodeOnly]))).toMatchInlineSnapshot(`
      "2 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ ping     smoke  queued
      [0:02] ○ migrate  smoke  queued
      [0:03] ● ping     smoke  running
      [0:04] ✓ ping     smoke    3.1s  12 tests
      [0:05] ● migrate  smoke  running
      [0:06] ✓ migrate  smoke    3.1s  Exit code 0

       Suites  2 passed (2)
        Tests  12 passed (12)
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      PASSED  exit code 0
      "
    `);
  });

  it('explains failed tests', async () => {
    expect(await printRun(runReport([samples.passed, samples.failed]))).toMatchInlineSnapshot(`
      "2 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ ping      smoke        queued
      [0:02] ○ worker-2  integration  queued
      [0:03] ● ping      smoke        running
      [0:04] ✓ ping      smoke          3.1s  12 tests
      [0:05] ● worker-2  integration  running
      [0:06] ✗ worker-2  integration   41.0s  2 tests of 14 failed (exit code 1)

      ✗ worker-2  failed  integration
        › 2 tests of 14 failed (exit code 1).

        ✗ tests/test_worker.py › test_retry[redis]  tests/test_worker.py:41  210ms
          │ def test_retry(worker):
          │     worker.retry(3)
          │ >   assert worker.attempts == 4
          │ E   AssertionError: assert 3 == 4

        ✗ tests/test_worker.py › test_teardown  4ms
          │ fixture "queue" not found

        end of the log
        │ FAILED tests/test_worker.py::test_retry[redis]
        │ 2 failed, 12 passed in 40.71s

        files .kubesuite/runs/r7f3/suites/worker-2/1/log.txt
              .kubesuite/runs/r7f3/suites/worker-2/1/files/junit.xml

       Suites  1 failed, 1 passed (2)
        Tests  2 failed, 24 passed (26)
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      FAILED  exit code 1
      "
    `);
  });

  it('names the cause of an error', async () => {
    expect(await printRun(runReport([samples.oomKilled, samples.unschedulable]))).toMatchInlineSnapshot(`
      "2 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ bulk-import  integration  queued
      [0:02] ○ browser      e2e          queued
      [0:03] ● bulk-import  integration  running
      [0:04] ✗ bulk-import  integration    8.2s  oom-killed  The suite container was killed because it used more memory than its limit
      [0:06] ✗ browser      e2e                  unschedulable  No node can take the pod: 0/1 nodes are available: 1 Insufficient memory

      ✗ bulk-import  error: oom-killed  integration
        › The suite container was killed because it used more memory than its limit.

        evidence
        │ Container suite: OOMKilled: exit code 137

        what to do
        │ Raise resources.memory of the suite, or find what needs so much. The log ends where it was killed.
        │ docs/guide/verdicts.md#oom-killed

        end of the log
        │ imported batch 11
        │ imported batch 12
        │ imported batch 13
        │ imported batch 14
        │ imported batch 15
        │ imported batch 16
        │ imported batch 17
        │ imported batch 18
        │ imported batch 19
        │ imported batch 20
        │ imported batch 21
        │ imported batch 22
        │ imported batch 23
        │ imported batch 24
        │ imported batch 25
        │ imported batch 26
        │ imported batch 27
        │ imported batch 28
        │ imported batch 29
        │ imported batch 30

        files .kubesuite/runs/r7f3/suites/bulk-import/1/log.txt

      ✗ browser  error: unschedulable  e2e
        › No node can take the pod: 0/1 nodes are available: 1 Insufficient memory.

        evidence
        │ Pod shop-browser-r7f3-x1: FailedScheduling: 0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available.

        what to do
        │ Lower the suite's resources or free the cluster.
        │ $ kubectl describe nodes
        │ docs/guide/verdicts.md#unschedulable

        files .kubesuite/runs/r7f3/suites/browser/job.json
        not attached pods of service redis: pods is forbidden: User "ci" cannot list resource "pods" in namespace "shop"

       Suites  2 error (2)
        Tests  none
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      ERROR  exit code 3
      "
    `);
  });

  it('prints a suite that timed out, and one that was skipped for it', async () => {
    expect(await printRun(runReport([samples.timedout, samples.skipped]))).toMatchInlineSnapshot(`
      "2 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ checkout  e2e          queued
      [0:02] ○ load      performance  queued
      [0:03] ● checkout  e2e          running
      [0:04] ✗ checkout  e2e           1m 0s  timed out  The suite did not end within its timeout of 60 s
      [0:06] - load      performance          skipped  It needs 'checkout', which timed out

      ✗ checkout  timed out  e2e
        › The suite did not end within its timeout of 60 s.

        end of the log
        │ waiting for the payment page

        files .kubesuite/runs/r7f3/suites/checkout/1/log.txt

       Suites  1 timed out, 1 skipped (2)
        Tests  1 passed (1)
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      TIMED OUT  exit code 1
      "
    `);
  });

  it('prints a flaky run', async () => {
    expect(await printRun(runReport([samples.flaky]))).toMatchInlineSnapshot(`
      "1 suite · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ cart  integration  queued
      [0:02] ● cart  integration  running
      [0:03] ✓ cart  integration    3.1s  flaky  Passed on attempt 2

      ✓ cart  flaky  Passed on attempt 2; attempt 1: 1 test of 3 failed (exit code 1)

       Suites  1 flaky (1)
        Tests  3 passed (3)
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      FLAKY  exit code 0
      "
    `);
  });

  it('prints an interrupted run', async () => {
    expect(await printRun(runReport([samples.passed, samples.interrupted]))).toMatchInlineSnapshot(`
      "2 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ ping    smoke  queued
      [0:02] ○ search  e2e    queued
      [0:03] ● ping    smoke  running
      [0:04] ✓ ping    smoke    3.1s  12 tests
      [0:06] ■ search  e2e            interrupted  The run ended before the suite did

       Suites  1 interrupted, 1 passed (2)
        Tests  12 passed (12)
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      INTERRUPTED  exit code 130
      "
    `);
  });

  it('prints an empty run', async () => {
    expect(await printRun(runReport([], 'error'))).toMatchInlineSnapshot(`
      "0 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev

       Suites  none: the values of the release leave none enabled
        Tests  none
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      ERROR  exit code 3
      "
    `);
  });

  it('says what it waits for after 30 s of silence', async () => {
    const { screen, reporters } = createPlayed(['default']);
    const suites = ['ping', 'worker-1', 'worker-2', 'cart', 'search', 'load'];
    await reporters.onTestRunStart(runInfo, suites.map((key) => plannedSuite(key)));
    await reporters.onTestSuiteProgress(progressOf({ key: 'cart', type: 'smoke' }, { phase: 'running', since: at(0).toISOString() }));
    await reporters.onTestSuiteProgress(
      progressOf({ key: 'ping', type: 'smoke' }, { phase: 'starting', since: at(4).toISOString(), detail: 'pulling image localhost/shop-tests:1' }),
    );
    for (let quarter = 0; quarter <= 4 * 95; quarter += 1) await reporters.onTick(at(quarter / 4));
    expect(screen.text).toMatchInlineSnapshot(`
      "6 suites · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:30] … waiting for 6 of 6 suites: cart running for 30s, ping starting for 26s (pulling image localhost/shop-tests:1), load waiting, search waiting, +2 more
      [1:00] … waiting for 6 of 6 suites: cart running for 1m 0s, ping starting for 56s (pulling image localhost/shop-tests:1), load waiting, search waiting, +2 more
      [1:30] … waiting for 6 of 6 suites: cart running for 1m 30s, ping starting for 1m 26s (pulling image localhost/shop-tests:1), load waiting, search waiting, +2 more
      "
    `);
  });

  it('cuts long lists, messages and logs', async () => {
    const tests = Array.from({ length: 25 }, (_, index) => ({
      name: `case ${index + 1}`,
      group: 'big.test.ts',
      status: 'failed' as const,
      details: Array.from({ length: 60 }, (_line, line) => `stack line ${line + 1}`).join('\n'),
    }));
    const attempts = samples.failed.attempts.map((attempt) => ({
      ...attempt,
      tests,
      logTail: `${'x'.repeat(5000)}\n`.repeat(50),
      files: Array.from({ length: 9 }, (_, index) => ({ path: `suites/worker-2/1/files/${index}.png`, bytes: 1 })),
    }));
    const text = await printRun(runReport([{ ...samples.failed, attempts }]));
    expect(text.split('\n').length).toBeLessThan(260);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(420);
    expect(text.match(/^.*(left out|more).*$/gm)).toMatchInlineSnapshot(`
      [
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "    │ … 42 lines left out …",
        "  +15 more failing tests",
        "        +7 more",
      ]
    `);
  });

  it('prints trouble whenever it comes, also after the end', async () => {
    const played = createPlayed(['default']);
    await played.reporters.onError({ message: 'before the run' });
    await playRun(runReport([samples.passed]), played);
    await played.reporters.onError({ message: 'after the run\n::error::second line' });
    expect(played.screen.text.split('\n').filter((line) => line.includes('the run') || line.includes('second'))).toMatchInlineSnapshot(`
      [
        "✗ error  before the run",
        "✗ error  after the run",
        "  │ ::error::second line",
      ]
    `);
  });

  it('is the same when a log is replayed later', async () => {
    const report = runReport(Object.values(samples));
    const live = createPlayed(['default']);
    const replayed = createPlayed(['default']);
    replayed.setTime(1_000_000);
    for (const { reporters, setTime } of [live, replayed]) {
      const tell = async (seconds: number): Promise<void> => {
        if (setTime === live.setTime) setTime(seconds);
        await reporters.onEvent({ type: 'run-interrupted', at: at(seconds).toISOString(), signal: '' });
      };
      await tell(0);
      await reporters.onTestRunStart(report.run, report.suites.map(({ key, type }) => plannedSuite(key, type)));
      for (const [index, suite] of report.suites.entries()) {
        await tell(index * 7);
        await reporters.onTestSuiteQueued(progressOf(suite, { phase: 'queued' }));
        await tell(index * 7 + 2);
        await reporters.onTestSuiteEnd(suite);
      }
      await reporters.onTestRunEnd(report, 'failed');
    }
    expect(replayed.screen.text).toBe(live.screen.text);
  });
});
