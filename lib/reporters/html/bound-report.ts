import type { AttemptReport, RunReport, SuiteReport } from '../../run/report.ts';
import type { TestCase } from '../../run/results/test-case.ts';

/** In characters. A browser takes some hundred MiB; what is left out here is in `report.json`. */
export interface PageLimits {
  readonly details: number;
  readonly failures: number;
  readonly others: number;
}

const pageLimits: PageLimits = { details: 32 * 1024, failures: 32 * 1024 * 1024, others: 32 * 1024 * 1024 };
const costOfATest = 60;

/** The report as a page can hold it: failures before all else, and no text without end. Counts stay as they are. */
export function boundReport(report: RunReport, limits: PageLimits = pageLimits): RunReport {
  const room = { failures: limits.failures, others: limits.others };
  const takes = (test: TestCase): boolean => {
    const kind = test.status === 'failed' || test.status === 'error' ? 'failures' : 'others';
    room[kind] -= costOf(test);
    return room[kind] >= 0;
  };
  const boundAttempt = (attempt: AttemptReport): AttemptReport => ({
    ...attempt,
    tests: attempt.tests.map((test) => boundTest(test, limits.details)).filter(takes),
  });
  const boundSuite = (suite: SuiteReport): SuiteReport => ({ ...suite, attempts: suite.attempts.map(boundAttempt) });
  return { ...report, suites: report.suites.map(boundSuite) };
}

function boundTest(test: TestCase, length: number): TestCase {
  return {
    ...test,
    ...(test.message !== undefined && { message: cut(test.message, length) }),
    ...(test.details !== undefined && { details: cut(test.details, length) }),
  };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}\n[${text.length - length} more characters in report.json]`;
}

function costOf({ name, group, message = '', details = '' }: TestCase): number {
  return costOfATest + name.length + group.length + message.length + details.length;
}
