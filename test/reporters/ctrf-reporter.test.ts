import { validateStrict, type CTRFReport } from 'ctrf';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../lib/run/events.ts';
import { hostileText, poison } from './support/hostile.ts';
import { playEvents, ways, type Way } from './support/play-events.ts';
import { runReport } from './support/reports.ts';
import { eventsOf, sampleEvents } from './support/sample-events.ts';
import { samples } from './support/sample-suites.ts';

async function writeCtrf(way: Way, events: readonly RunEvent[]): Promise<CTRFReport> {
  const { folder } = await playEvents(way, ['ctrf'], events);
  return JSON.parse(folder.files.get('ctrf.json') ?? '') as CTRFReport;
}

describe.each(ways)('ctrf reporter, %s', (way) => {
  it('keeps to the schema of CTRF', async () => {
    for (const events of [sampleEvents, eventsOf(runReport([], 'error')), poison(sampleEvents, hostileText)]) {
      const report = await writeCtrf(way, events);
      expect(() => validateStrict(report)).not.toThrow();
    }
  });

  it('counts what it writes, and tells verdicts that no test tells', async () => {
    const { results } = await writeCtrf(way, sampleEvents);
    expect(results.summary).toMatchInlineSnapshot(`
      {
        "duration": 5100,
        "extra": {
          "exitCode": 130,
          "verdict": "interrupted",
        },
        "failed": 6,
        "flaky": 0,
        "other": 0,
        "passed": 29,
        "pending": 0,
        "skipped": 1,
        "start": 1772359200000,
        "stop": 1772359205100,
        "suites": 9,
        "tests": 36,
      }
    `);
    expect(results.tests).toHaveLength(results.summary.tests);
    expect(results.tests.filter(({ name }) => name === 'suite').map(({ suite, status, message }) => `${suite?.[0]} ${status} ${message}`)).toMatchInlineSnapshot(`
      [
        "migrate passed Exit code 0.",
        "bulk-import failed oom-killed: The suite container was killed because it used more memory than its limit.",
        "browser failed unschedulable: No node can take the pod: 0/1 nodes are available: 1 Insufficient memory.",
        "checkout failed timedout: The suite did not end within its timeout of 60 s.",
        "load skipped skipped: It needs 'checkout', which timed out.",
        "search failed interrupted: The run ended before the suite did.",
      ]
    `);
  });

  it('tells the attempts of a flaky test', async () => {
    const tests = [{ name: 'adds an item', group: 'cart.test.ts', status: 'passed' as const }];
    const [first, second] = samples.flaky.attempts;
    const attempts = [first, { ...second, tests }].filter((attempt): attempt is NonNullable<typeof first> => attempt !== undefined);
    const { results } = await writeCtrf(way, eventsOf(runReport([{ ...samples.flaky, attempts }])));
    expect(results.tests).toMatchInlineSnapshot(`
      [
        {
          "duration": 0,
          "extra": {
            "job": "shop-cart-r7f3",
            "suite": "cart",
            "verdict": "flaky",
          },
          "flaky": true,
          "name": "adds an item",
          "rawStatus": "passed",
          "retries": 1,
          "retryAttempts": [
            {
              "attempt": 1,
              "duration": 0,
              "message": "timeout",
              "status": "failed",
            },
          ],
          "status": "passed",
          "suite": [
            "cart",
            "cart.test.ts",
          ],
          "type": "integration",
        },
      ]
    `);
    expect(results.summary.flaky).toBe(1);
  });
});
