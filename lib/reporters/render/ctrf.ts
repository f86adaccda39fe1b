import type { RunReport, SuiteReport } from '../../run/report.ts';
import type { TestCase, TestStatus } from '../../run/results/test-case.ts';
import { casesOf } from './cases.ts';
import { isFailing } from './failing-tests.ts';
import { stripSequences } from '../../run/results/sanitize.ts';
import { locationOf } from './source-location.ts';

type Json = Readonly<Record<string, unknown>>;

const statuses = { passed: 'passed', failed: 'failed', error: 'failed', skipped: 'skipped', todo: 'pending' } as const satisfies Readonly<Record<TestStatus, string>>;

/** The run in the Common Test Report Format, https://ctrf.io, with the tests of the last attempts. */
export function renderCtrf(report: RunReport): string {
  const tests = report.suites.flatMap((suite) => casesOf(suite).map((test) => renderTest(test, suite)));
  const count = (status: string): number => tests.filter((test) => test['status'] === status).length;
  const { id, release, namespace, context, chart } = report.run;
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    ...(report.endedAt !== '' && { timestamp: report.endedAt }),
    generatedBy: 'kubesuite',
    results: {
      tool: { name: 'kubesuite' },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        flaky: tests.filter(({ flaky }) => flaky === true).length,
        suites: report.suites.length,
        start: toEpoch(report.startedAt),
        stop: toEpoch(report.endedAt),
        duration: Math.round(report.durationMs),
        extra: { verdict: report.verdict, exitCode: report.exitCode },
      },
      tests,
      environment: { reportName: release, testEnvironment: [context, namespace].filter(Boolean).join('/'), extra: { run: id, release, namespace, context, chart } },
    },
  };
  return `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'string' ? stripSequences(value).toWellFormed() : value), 2)}\n`;
}

function renderTest(test: TestCase, suite: SuiteReport): Json {
  const earlier = suite.attempts.slice(0, -1).flatMap((attempt) => {
    const same = attempt.tests.find(({ name, group }) => name === test.name && group === test.group);
    return same === undefined ? [] : [renderAttempt(attempt.number, same)];
  });
  const place = isFailing(test) ? locationOf(test) : undefined;
  const file = place?.file ?? test.file;
  const line = place?.line ?? test.line;
  return {
    name: test.name || '(unnamed)',
    status: statuses[test.status],
    rawStatus: test.status,
    duration: Math.round(test.durationMs ?? 0),
    suite: [suite.key, ...(test.group === '' || test.group === suite.key ? [] : [test.group])],
    ...(test.message !== undefined && { message: test.message }),
    ...(test.details !== undefined && { trace: test.details }),
    ...(file !== undefined && { filePath: file }),
    ...(line !== undefined && { line }),
    type: suite.type,
    ...(suite.tags.length > 0 && { tags: suite.tags }),
    ...(earlier.length > 0 && { retries: earlier.length, retryAttempts: earlier }),
    flaky: test.status === 'passed' && earlier.some(({ status }) => status === 'failed'),
    extra: { suite: suite.suite, job: suite.job, verdict: suite.verdict, ...(suite.cause !== undefined && { cause: suite.cause }) },
  };
}

function renderAttempt(attempt: number, { status, durationMs, message, details }: TestCase): Json {
  return {
    attempt,
    status: statuses[status],
    duration: Math.round(durationMs ?? 0),
    ...(message !== undefined && { message }),
    ...(details !== undefined && { trace: details }),
  };
}

function toEpoch(iso: string): number {
  return iso === '' ? 0 : Date.parse(iso);
}
