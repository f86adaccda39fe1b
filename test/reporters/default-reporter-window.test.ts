import { describe, expect, it } from 'vitest';
import { widthOf } from '../../lib/reporters/render/text.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { createPlayed, playRun, progressOf } from './support/play.ts';
import { at, plannedSuite, runInfo, runReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

describe('default reporter on a terminal', () => {
  it('shows a row for each suite that is under way', async () => {
    const screen = new FakeScreen({ interactive: true });
    const { reporters } = createPlayed(['default'], screen);
    await reporters.onTestRunStart(runInfo, ['ping', 'worker-1', 'worker-2', 'cart', 'load'].map((key) => plannedSuite(key)));
    await reporters.onTick(at(0));
    const beforeAnyPod = screen.currentWindow;
    await reporters.onTestSuiteProgress(progressOf({ key: 'cart', type: 'smoke' }, { phase: 'collecting', attempt: 2, since: at(1).toISOString() }));
    await reporters.onTestSuiteProgress(
      progressOf({ key: 'worker-2', type: 'smoke' }, { phase: 'queued', since: at(3).toISOString(), detail: '0/1 nodes are available: 1 Insufficient memory. preemption: none' }),
    );
    await reporters.onTestSuiteProgress(progressOf({ key: 'worker-1', type: 'smoke' }, { phase: 'running', since: at(2).toISOString(), tests: { total: 7, passed: 5, failed: 1, skipped: 1 } }));
    await reporters.onTestSuiteEnd(samples.passed);
    await reporters.onTick(at(75));
    expect(beforeAnyPod).toMatchInlineSnapshot(`
      "
      run r7f3 · release shop · namespace shop-tests · context kind-dev

        5 waiting

      0/5 suites  0:00"
    `);
    expect(screen.currentWindow).toMatchInlineSnapshot(`
      "
      run r7f3 · release shop · namespace shop-tests · context kind-dev

      ⠋ worker-1  smoke  running    1m 13s  7 tests so far, 1 failed
      ⠋ cart      smoke  collecting 1m 14s  attempt 2
      ○ worker-2  smoke  queued     1m 12s  0/1 nodes are available: 1 Insufficient…
        +1 more waiting

      1/5 suites  ✓ 1  1:15"
    `);
    expect(screen.text).toMatchInlineSnapshot(`
      "✓ ping      smoke    3.1s  12 tests
      "
    `);
  });

  it.each([
    [80, 24],
    [120, 40],
    [40, 12],
  ])('stays within %i columns and %i rows', async (columns, rows) => {
    const screen = new FakeScreen({ interactive: true, columns, rows });
    const { reporters } = createPlayed(['default'], screen);
    const keys = Array.from({ length: 60 }, (_, index) => `a-suite-with-a-rather-long-name-for-a-row-${index}`);
    await reporters.onTestRunStart(runInfo, keys.map((key) => plannedSuite(key, 'integration')));
    for (const key of keys.slice(0, 48)) {
      await reporters.onTestSuiteProgress(progressOf({ key, type: 'integration' }, { phase: 'queued', detail: '画像を取得しています '.repeat(20) }));
    }
    await reporters.onTick(at(9));
    const lines = screen.currentWindow.split('\n');
    expect(lines.length).toBeLessThan(rows);
    expect(Math.max(...lines.map(widthOf))).toBeLessThan(columns);
    expect(lines.find((line) => line.includes('more'))).toBe(`  +${48 - (rows - 9)} more queued, 12 waiting`);
  });

  it('removes the window at the end', async () => {
    const screen = new FakeScreen({ interactive: true });
    const played = createPlayed(['default'], screen);
    await played.reporters.onTick(at(0));
    await playRun(runReport([samples.failed]), played);
    await played.reporters.onTick(at(70));
    expect(screen.currentWindow).toBe('');
  });

  it('draws no window in a replay, which has no ticks', async () => {
    const screen = new FakeScreen({ interactive: true });
    await playRun(runReport(Object.values(samples)), createPlayed(['default'], screen));
    expect(screen.windows.filter(Boolean)).toEqual([]);
    expect(screen.text.split('\n').slice(0, Object.keys(samples).length)).toMatchInlineSnapshot(`
      [
        "✓ ping         smoke          3.1s  12 tests",
        "✓ migrate      smoke          3.1s  Exit code 0",
        "✗ worker-2     integration   41.0s  2 tests of 14 failed (exit code 1)",
        "✗ bulk-import  integration    8.2s  oom-killed  The suite container was killed…",
        "✗ browser      e2e                  unschedulable  No node can take the pod: 0…",
        "✗ checkout     e2e           1m 0s  timed out  The suite did not end within it…",
        "✓ cart         integration    3.1s  flaky  Passed on attempt 2",
        "- load         performance          skipped  It needs 'checkout', which timed…",
        "■ search       e2e                  interrupted  The run ended before the suit…",
      ]
    `);
  });

  it('uses colors only where the screen has them', async () => {
    const plain = new FakeScreen({ interactive: true });
    const colored = new FakeScreen({ interactive: true, colors: true });
    for (const screen of [plain, colored]) await playRun(runReport(Object.values(samples)), createPlayed(['default'], screen));
    // oxlint-disable-next-line no-control-regex
    expect(colored.text.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.text);
    expect(plain.text).not.toContain('\u001b');
    expect(colored.text).toContain('\u001b[31m');
  });
});
