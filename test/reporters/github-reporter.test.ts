import { describe, expect, it } from 'vitest';
import { GithubReporter } from '../../lib/reporters/github-reporter.ts';
import { locationOf } from '../../lib/reporters/render/source-location.ts';
import { FakeGithubJob } from '../support/fake-github-job.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { workflowCommands } from './support/harmless.ts';
import { playEvents, ways } from './support/play-events.ts';
import { attemptReport, runReport, suiteReport } from './support/reports.ts';
import { sampleEvents } from './support/sample-events.ts';
import { samples } from './support/sample-suites.ts';

describe.each(ways)('github reporter, %s', (way) => {
  it('writes annotations, logs in groups and the summary of the step', async () => {
    const { screen, github } = await playEvents(way, ['github'], sampleEvents);
    expect(screen.text).toMatchInlineSnapshot(`
      "::error title=worker-2%3A tests/test_worker.py › test_retry[redis]::tests/test_worker.py:41%0Adef test_retry(worker):%0A    worker.retry(3)%0A>   assert worker.attempts == 4%0AE   AssertionError: assert 3 == 4
      ::error title=bulk-import%3A oom-killed::The suite container was killed because it used more memory than its limit.%0ARaise resources.memory of the suite, or find what needs so much. The log ends where it was killed.
      ::error title=browser%3A unschedulable::No node can take the pod: 0/1 nodes are available: 1 Insufficient memory.%0ALower the suite's resources or free the cluster.
      ::error title=checkout%3A timedout::The suite did not end within its timeout of 60 s.
      ::error title=worker-2%3A tests/test_worker.py › test_teardown::fixture "queue" not found
      ::warning title=cart%3A flaky::Passed on attempt 2.%0A1 test of 1 failed (exit code 1).
      ::group::end of the log of worker-2
      │ FAILED tests/test_worker.py::test_retry[redis]
      │ 2 failed, 12 passed in 40.71s
      ::endgroup::
      ::group::end of the log of bulk-import
      │ imported batch 1
      │ imported batch 2
      │ imported batch 3
      │ imported batch 4
      │ imported batch 5
      │ imported batch 6
      │ imported batch 7
      │ imported batch 8
      │ imported batch 9
      │ imported batch 10
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
      ::endgroup::
      ::group::end of the log of checkout
      │ waiting for the payment page
      ::endgroup::
      "
    `);
    await expect(github.summary).toMatchFileSnapshot('golden/report.md');
  });
});

describe('github reporter', () => {
  it('names file and line in the repository', async () => {
    const screen = new FakeScreen();
    const github = new FakeGithubJob({ sources: ['tests/test_worker.py'] });
    const tests = [{ name: 'a', group: '', status: 'failed' as const, details: 'Traceback:\n  File "/app/tests/test_worker.py", line 41\nValueError: no' }];
    await new GithubReporter({ screen, github }).onTestRunEnd(runReport([suiteReport({ key: 'worker', attempts: [attemptReport({ verdict: 'failed', tests })] })]));
    expect(screen.text).toBe('::error title=worker%3A a,file=tests/test_worker.py,line=41::Traceback:%0A  File "/app/tests/test_worker.py", line 41%0AValueError: no\n');
  });

  it('writes ten errors, some of each suite, and says that there are more', async () => {
    const screen = new FakeScreen();
    const failing = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `case ${index}`, group: '', status: 'failed' as const }));
    const suites = ['a', 'b'].map((key) => suiteReport({ key, attempts: [attemptReport({ verdict: 'failed', tests: failing(key === 'a' ? 200 : 1) })] }));
    await new GithubReporter({ screen, github: new FakeGithubJob() }).onTestRunEnd(runReport([...suites, samples.unschedulable]));
    expect(workflowCommands(screen.text)).toEqual(Array.from({ length: 10 }, () => 'error'));
    expect(screen.text.match(/title=[^:]*/g)).toMatchInlineSnapshot(`
      [
        "title=a%3A case 0",
        "title=b%3A case 0",
        "title=browser%3A unschedulable",
        "title=a%3A case 1",
        "title=a%3A case 2",
        "title=a%3A case 3",
        "title=a%3A case 4",
        "title=a%3A case 5",
        "title=a%3A case 6",
        "title=193 failures more",
      ]
    `);
  });

  it('keeps the summary of the step within its size, and writes none where there is no room or no summary', async () => {
    const suites = Array.from({ length: 500 }, (_, index) => ({ ...samples.failed, key: `worker-${index}` }));
    for (const maxBytes of [0, 1000, 100_000]) {
      const github = new FakeGithubJob({ maxBytes });
      await new GithubReporter({ screen: new FakeScreen(), github }).onTestRunEnd(runReport(suites));
      expect(Buffer.byteLength(github.summary)).toBeLessThanOrEqual(maxBytes);
      expect(github.summary === '').toBe(maxBytes < 5000);
    }
  });
});

describe('locationOf', () => {
  it.each([
    ['vitest', 'AssertionError: x\n ❯ tests/cart.test.ts:12:20', 'tests/cart.test.ts', 12],
    ['node', 'Error\n    at f (node:internal/x:1:2)\n    at g (/app/node_modules/a/b.js:3:4)\n    at Object.<anonymous> (/app/src/cart.test.js:7:11)', '/app/src/cart.test.js', 7],
    ['pytest', 'E   assert 1 == 2\n\ntests/test_worker.py:41: AssertionError', 'tests/test_worker.py', 41],
    ['python', 'Traceback\n  File "/usr/lib/python3.13/unittest/case.py", line 58\n  File "/app/t.py", line 9, in f', '/app/t.py', 9],
    ['go', '    worker_test.go:23: got 1', 'worker_test.go', 23],
    ['bats', "(in test file smoke.bats, line 7)\n  `[ 1 -eq 2 ]' failed", 'smoke.bats', 7],
    ['java', '\tat shop.CartTest.adds(CartTest.java:15)', 'CartTest.java', 15],
    ['rspec', "# ./spec/cart_spec.rb:8:in `block'", './spec/cart_spec.rb', 8],
  ])('reads the stack of %s', (_, details, file, line) => {
    expect(locationOf({ name: 'x', group: '', status: 'failed', details })).toEqual({ file, line });
  });

  it('prefers what the format tells', () => {
    const details = 'at a.ts:1:1\nat tests/b.ts:2:2';
    expect(locationOf({ name: 'x', group: '', status: 'failed', details, file: '/app/tests/b.ts' })).toEqual({ file: '/app/tests/b.ts', line: 2 });
    expect(locationOf({ name: 'x', group: '', status: 'failed', details, file: 'c.ts', line: 9 })).toEqual({ file: 'c.ts', line: 9 });
    expect(locationOf({ name: 'x', group: '', status: 'failed' })).toBeUndefined();
  });
});
