import { describe, expect, test } from 'vitest';
import { judgeAttempt } from '../../lib/run/attempt-verdict.ts';
import type { ResultsOutcome } from '../../lib/run/events.ts';
import { exitCodeOf, worstVerdict } from '../../lib/run/exit-code.ts';
import type { Verdict } from '../../lib/run/report.ts';
import { toPodSnapshot } from '../../lib/run/snapshots.ts';
import { contractOf, exited, jobOf, podOf } from '../support/kube-objects.ts';

const passed = { name: 'a', group: '', status: 'passed' } as const;
const lost = (cause: Extract<ResultsOutcome, { ok: false }>['cause']): ResultsOutcome => ({ ok: false, cause, message: 'no proof.', files: [] });

/** What a suite's container and its results say, and what is made of it: a pass only where both say so. */
const results: Readonly<Record<string, ResultsOutcome>> = {
  'all pass': { ok: true, tests: [passed], files: [] },
  'all are skipped': { ok: true, tests: [{ ...passed, status: 'skipped' }], files: [] },
  'one fails': { ok: true, tests: [passed, { ...passed, status: 'failed' }], files: [] },
  'one breaks': { ok: true, tests: [passed, { ...passed, status: 'error' }], files: [] },
  missing: lost('results-missing'),
  empty: lost('no-tests'),
  truncated: lost('results-truncated'),
  'invalid, or of another pod': lost('results-invalid'),
  'too large': lost('results-too-large'),
  'not to be read': lost('log-unavailable'),
  'not allowed to be read': lost('log-denied'),
};

const table: readonly (readonly [string, string, string])[] = [
  // results, exit code 0, exit code 1
  ['all pass', 'passed', 'failed'],
  ['all are skipped', 'passed', 'failed'],
  ['one fails', 'failed', 'failed'],
  ['one breaks', 'failed', 'failed'],
  ['missing', 'error: results-missing', 'failed: results-missing'],
  ['empty', 'error: no-tests', 'failed: no-tests'],
  ['truncated', 'error: results-truncated', 'failed: results-truncated'],
  ['invalid, or of another pod', 'error: results-invalid', 'failed: results-invalid'],
  ['too large', 'error: results-too-large', 'failed: results-too-large'],
  ['not to be read', 'error: log-unavailable', 'failed: log-unavailable'],
  ['not allowed to be read', 'error: log-denied', 'failed: log-denied'],
];

describe('an attempt', () => {
  test('is judged for every kind of results', () => {
    expect(table.map(([name]) => name)).toEqual(Object.keys(results));
  });

  test.each(table.flatMap(([name, zero, one]) => [[0, name, zero], [1, name, one]] as const))('with exit code %i whose results are "%s" is %s', (exitCode, name, expected) => {
    const contract = contractOf('a');
    const outcome = results[name];
    const judgement = judgeAttempt({ pod: toPodSnapshot(podOf(jobOf(contract), exited(exitCode)), false), counted: undefined, results: outcome, log: undefined, node: undefined }, contract);
    expect([judgement?.verdict, judgement?.cause].filter(Boolean).join(': ')).toBe(expected);
  });
});

test.each<[readonly Verdict[], Verdict, number, number]>([
  [['passed', 'passed'], 'passed', 0, 0],
  [['passed', 'flaky'], 'flaky', 0, 1],
  [['flaky', 'error'], 'error', 3, 3],
  [['flaky', 'failed'], 'failed', 1, 1],
  [['passed', 'timedout'], 'timedout', 1, 1],
  [['error', 'failed'], 'failed', 1, 1],
])('a run with %j is %s: exit code %i, and %i with --fail-on-flaky', (verdicts, verdict, exitCode, strict) => {
  expect(worstVerdict(verdicts)).toBe(verdict);
  expect(exitCodeOf(verdict)).toBe(exitCode);
  expect(exitCodeOf(verdict, { failOnFlaky: true })).toBe(strict);
});
