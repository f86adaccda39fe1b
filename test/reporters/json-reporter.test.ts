import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../lib/run/report.ts';
import { poison } from './support/hostile.ts';
import { createPlayed, playRun } from './support/play.ts';
import { runReport, suiteReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

async function writeJson(report: RunReport): Promise<string> {
  const played = createPlayed(['json']);
  await playRun(report, played);
  return played.folder.files.get('report.json') ?? '';
}

/** The same data, put together in the opposite order. */
function reversed<T>(value: T): T;
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => reversed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, item]) => [key, reversed(item)]));
}

describe('json reporter', () => {
  const report = runReport(Object.values(samples));

  it('writes the report', async () => {
    expect(await writeJson(runReport([suiteReport({ key: 'load', verdict: 'interrupted', message: 'Not started.' })]))).toMatchInlineSnapshot(`
      "{
        "version": 1,
        "verdict": "interrupted",
        "exitCode": 130,
        "startedAt": "2026-03-01T10:00:00.000Z",
        "endedAt": "2026-03-01T10:01:05.000Z",
        "durationMs": 65000,
        "run": {
          "id": "r7f3",
          "release": "shop",
          "namespace": "shop-tests",
          "context": "kind-dev",
          "chart": "shop-suites-0.1.0"
        },
        "totals": {
          "suites": {
            "passed": 0,
            "flaky": 0,
            "failed": 0,
            "timedout": 0,
            "error": 0,
            "skipped": 0,
            "interrupted": 1
          },
          "tests": {
            "total": 0,
            "passed": 0,
            "failed": 0,
            "skipped": 0
          }
        },
        "suites": [
          {
            "key": "load",
            "suite": "load",
            "type": "smoke",
            "tags": [],
            "job": "shop-load-r7f3",
            "verdict": "interrupted",
            "message": "Not started.",
            "queuedAt": "2026-03-01T10:00:00.000Z",
            "durationMs": 0,
            "tests": {
              "total": 0,
              "passed": 0,
              "failed": 0,
              "skipped": 0
            },
            "attempts": [],
            "events": [],
            "attachments": []
          }
        ]
      }
      "
    `);
  });

  it('loses nothing', async () => {
    expect(JSON.parse(await writeJson(report))).toEqual(report);
    const hostile = poison(report);
    expect(JSON.parse(await writeJson(hostile))).toEqual(hostile);
  });

  it('writes the same bytes for the same data', async () => {
    expect(await writeJson(reversed(report))).toBe(await writeJson(report));
  });
});
