import type { TestCase } from '../../../lib/run/results/test-case.ts';

/** What both a framework's summary and our report say of its tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Broke outside of an assertion, where the framework tells that from a failure. */
  readonly errors: number;
  readonly skipped: number;
}

export function countCases(tests: readonly TestCase[]): Counts {
  const count = (...statuses: readonly TestCase['status'][]): number => tests.filter(({ status }) => statuses.includes(status)).length;
  return { passed: count('passed'), failed: count('failed'), errors: count('error'), skipped: count('skipped', 'todo') };
}
