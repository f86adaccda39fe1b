import type { TestCase } from '../../../lib/run/results/test-case.ts';

/** What both a framework's summary and our report say of its tests. */
export interface Counts {
  readonly passed: number;
  /** With the errors where the summary does not tell them apart. */
  readonly failed: number;
  /** Broke outside of an assertion; left out where the summary does not tell that from a failure. */
  readonly errors?: number;
  readonly skipped: number;
}

/** Our numbers, with errors told apart as far as the summary does. */
export function countCases(tests: readonly TestCase[], summary: Counts): Counts {
  const count = (...statuses: readonly TestCase['status'][]): number => tests.filter(({ status }) => statuses.includes(status)).length;
  const passed = count('passed');
  const skipped = count('skipped', 'todo');
  return summary.errors === undefined ? { passed, failed: count('failed', 'error'), skipped } : { passed, failed: count('failed'), errors: count('error'), skipped };
}
