import type { SuiteReport, Verdict } from '../../run/report.ts';
import type { TestCase, TestStatus } from '../../run/results/test-case.ts';
import { renderAdvice, renderEvidence } from './diagnosis.ts';
import { isFailing } from './failing-tests.ts';

const statusOf: Readonly<Record<Verdict, TestStatus>> = {
  passed: 'passed',
  flaky: 'passed',
  failed: 'failed',
  timedout: 'failed',
  error: 'error',
  skipped: 'skipped',
  interrupted: 'error',
};

/** CI systems read tests, not suites: a verdict that no test tells becomes a test of its own. */
export function casesOf(suite: SuiteReport): readonly TestCase[] {
  const tests = suite.attempts.at(-1)?.tests ?? [];
  const status = statusOf[suite.verdict];
  const told = status === 'failed' || status === 'error' ? tests.some(isFailing) : tests.length > 0;
  if (told) return tests;
  const message = [suite.cause ?? (suite.verdict === 'passed' ? '' : suite.verdict), suite.message].filter(Boolean).join(': ');
  return [
    ...tests,
    {
      name: 'suite',
      group: suite.key,
      status,
      durationMs: suite.durationMs,
      message,
      ...(suite.diagnosis && { details: [message, ...renderEvidence(suite.diagnosis), ...renderAdvice(suite.diagnosis)].join('\n') }),
    },
  ];
}
