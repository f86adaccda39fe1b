import { describe, expect, it } from 'vitest';
import { playEvents, ways } from './support/play-events.ts';
import { sampleEvents } from './support/sample-events.ts';

describe.each(ways)('line reporter, %s', (way) => {
  it('prints a line for each suite that ended, its failures, and a line for the run', async () => {
    const { screen } = await playEvents(way, ['line'], sampleEvents);
    expect(screen.text).toMatchInlineSnapshot(`
      "✓ ping         smoke          3.1s  12 tests
      ✓ migrate      smoke          3.1s  Exit code 0
      ✗ worker-2     integration    3.1s  2 tests of 14 failed (exit code 1)
        │ tests/test_worker.py › test_retry[redis]  tests/test_worker.py:41
        │   AssertionError: assert 3 == 4
        │ tests/test_worker.py › test_teardown
        │   fixture "queue" not found
      ✗ bulk-import  integration    3.1s  oom-killed  The suite container was killed because it used more memory than its limit
        │ Raise resources.memory of the suite, or find what needs so much. The log ends where it was killed.
      ✗ browser      e2e                  unschedulable  No node can take the pod: 0/1 nodes are available: 1 Insufficient memory
        │ Lower the suite's resources or free the cluster.
      ✗ checkout     e2e            3.1s  timed out  The suite did not end within its timeout of 60 s
      ✓ cart         integration    3.1s  flaky  Passed on attempt 2
      - load         performance          skipped  It needs 'checkout', which timed out
      ■ search       e2e                  interrupted  The run ended before the suite did
      INTERRUPTED  suites: 2 error, 1 timed out, 1 failed, 1 interrupted, 1 skipped, 1 flaky, 2 passed (9)  tests: 2 failed, 28 passed (30)  5.1s  exit code 130
      "
    `);
  });
});
