import type { RunReport, SuiteReport } from '../../run/report.ts';
import type { TestCase, TestStatus } from '../../run/results/test-case.ts';
import { casesOf } from './cases.ts';
import { type XmlAttributes, element, textElement } from './xml.ts';

/** One `<testsuite>` a suite, with the tests of its last attempt. */
export function renderJunit(report: RunReport): string {
  const suites = report.suites.map((suite) => ({ suite, cases: casesOf(suite) }));
  const all = suites.flatMap(({ cases }) => cases);
  const root = element(
    'testsuites',
    { name: report.run.release, ...countsOf(all), time: seconds(report.durationMs), timestamp: timestamp(report.startedAt) },
    suites.map(({ suite, cases }) => renderSuite(suite, cases)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function renderSuite(suite: SuiteReport, cases: readonly TestCase[]): string {
  const last = suite.attempts.at(-1);
  const log = suite.verdict === 'passed' || last === undefined ? '' : last.logTail;
  return element(
    'testsuite',
    { name: suite.key, ...countsOf(cases), time: seconds(suite.durationMs), timestamp: timestamp(last?.startedAt ?? suite.startedAt) },
    [
      renderProperties(suite),
      ...cases.map((test) => renderCase(test, suite)),
      ...(log === '' ? [] : [textElement('system-out', {}, log)]),
    ],
  );
}

function renderProperties(suite: SuiteReport): string {
  const last = suite.attempts.at(-1);
  const properties: Readonly<Record<string, string | number | undefined>> = {
    suite: suite.suite,
    type: suite.type,
    shard: suite.shard && `${suite.shard.index}/${suite.shard.total}`,
    attempt: last?.number,
    verdict: suite.verdict,
    cause: suite.cause,
    job: suite.job,
    pod: last?.pod,
  };
  return element(
    'properties',
    {},
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => element('property', { name, value })),
  );
}

function renderCase(test: TestCase, suite: SuiteReport): string {
  const outcome = renderOutcome(test);
  const attributes: XmlAttributes = {
    name: test.name,
    classname: test.group || suite.key,
    file: test.file,
    line: test.line,
    time: test.durationMs === undefined ? undefined : seconds(test.durationMs),
  };
  return element('testcase', attributes, outcome === '' ? [] : [outcome]);
}

function renderOutcome({ status, message, details }: TestCase): string {
  switch (status) {
    case 'passed':
      return '';
    case 'failed':
      return textElement('failure', { message }, details ?? message ?? '');
    case 'error':
      return textElement('error', { message }, details ?? message ?? '');
    case 'skipped':
      return element('skipped', { message });
    case 'todo':
      return element('skipped', { message: message ?? 'todo' });
  }
}

function countsOf(cases: readonly TestCase[]): XmlAttributes {
  const count = (...statuses: readonly TestStatus[]): number => cases.filter(({ status }) => statuses.includes(status)).length;
  return { tests: cases.length, failures: count('failed'), errors: count('error'), skipped: count('skipped', 'todo') };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** The schema of JUnit wants no zone; all times are UTC. */
function timestamp(iso: string | undefined): string | undefined {
  return iso === undefined || iso === '' ? undefined : iso.replace(/(\.\d+)?Z$/, '');
}
