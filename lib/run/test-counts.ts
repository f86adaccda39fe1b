import type { TestCounts } from './report.ts';
import type { TestCase } from './results/test-case.ts';

export function countTests(tests: readonly TestCase[]): TestCounts {
  let passed = 0;
  let failed = 0;
  for (const { status } of tests) {
    if (status === 'passed') passed++;
    if (status === 'failed' || status === 'error') failed++;
  }
  return { total: tests.length, passed, failed, skipped: tests.length - passed - failed };
}

export function sumCounts(counts: readonly TestCounts[]): TestCounts {
  return counts.reduce(
    (sum, next) => ({
      total: sum.total + next.total,
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { total: 0, passed: 0, failed: 0, skipped: 0 },
  );
}
