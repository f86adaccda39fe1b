import type { RunReport, SuiteReport } from '../../run/report.ts';
import type { TestCase, TestStatus } from '../../run/results/test-case.ts';
import { casesOf } from './cases.ts';
import { failureText, isFailing } from './failing-tests.ts';
import { findScreenshot } from './screenshot.ts';
import { type XmlAttributes, element, textElement } from './xml.ts';

export interface JunitOptions {
  /** Folder that the paths of the report start from, relative to the project: what GitLab wants of attachments. */
  readonly root: string;
}

/** One `<testsuite>` a suite, with the tests of its last attempt. */
export function renderJunit(report: RunReport, { root }: JunitOptions): string {
  const suites = report.suites.map((suite) => ({ suite, cases: casesOf(suite) }));
  const all = suites.flatMap(({ cases }) => cases);
  const document = element(
    'testsuites',
    { name: report.run.release, ...countsOf(all), time: seconds(report.durationMs), timestamp: timestamp(report.startedAt) },
    suites.map(({ suite, cases }) => renderSuite(suite, cases, root)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`;
}

function renderSuite(suite: SuiteReport, cases: readonly TestCase[], root: string): string {
  const last = suite.attempts.at(-1);
  const log = suite.verdict === 'passed' || last === undefined ? '' : last.logTail;
  return element(
    'testsuite',
    { name: suite.key, ...countsOf(cases), time: seconds(suite.durationMs), timestamp: timestamp(last?.startedAt ?? suite.startedAt) },
    [
      renderProperties(suite),
      ...cases.map((test) => renderCase(test, suite, root)),
      ...(log === '' ? [] : [textElement('system-out', {}, withoutTags(log))]),
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

function renderCase(test: TestCase, suite: SuiteReport, root: string): string {
  const outcome = renderOutcome(test);
  const attributes: XmlAttributes = {
    name: test.name,
    classname: test.group || suite.key,
    file: test.file,
    line: test.line,
    time: test.durationMs === undefined ? undefined : seconds(test.durationMs),
  };
  return element('testcase', attributes, [...(outcome === '' ? [] : [outcome]), ...renderScreenshot(test, suite, root)]);
}

function renderOutcome(test: TestCase): string {
  const { status, message } = test;
  switch (status) {
    case 'passed':
      return '';
    case 'failed':
      return textElement('failure', { message: message && withoutTags(message) }, withoutTags(failureText(test)));
    case 'error':
      return textElement('error', { message: message && withoutTags(message) }, withoutTags(failureText(test)));
    case 'skipped':
      return element('skipped', { message });
    case 'todo':
      return element('skipped', { message: message ?? 'todo' });
  }
}

/** GitLab shows it beside the failure. */
function renderScreenshot(test: TestCase, { attempts }: SuiteReport, root: string): readonly string[] {
  const last = attempts.at(-1);
  const path = last !== undefined && isFailing(test) ? findScreenshot(test, last) : undefined;
  return path === undefined ? [] : [textElement('system-out', {}, `[[ATTACHMENT|${root}/${path}]]`)];
}

/** Jenkins and GitLab would read a file of the CI machine where a suite prints its path so. */
function withoutTags(text: string): string {
  return text.replaceAll(/\[\[(?=\w+\|)/g, '[ [');
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
