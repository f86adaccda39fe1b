import { goOutputLocation, isGoFraming } from './go-output.ts';
import type { Attributes } from './read-xml.ts';
import { sanitizeLine, sanitizeText } from './sanitize.ts';
import type { TestCase, TestStatus } from './test-case.ts';

/** What a child element of a test says about it; the worst one decides. */
export interface Finding {
  readonly kind: 'failure' | 'error' | 'skipped' | 'todo' | 'flaky' | 'risky';
  readonly message: string;
  readonly type: string;
  readonly text: string;
}

const severity: readonly Finding['kind'][] = ['todo', 'error', 'failure', 'skipped', 'flaky', 'risky'];
const statuses: Readonly<Record<Finding['kind'], TestStatus>> = {
  // node:test gives a failed todo test a failure as well.
  todo: 'todo',
  error: 'error',
  failure: 'failed',
  skipped: 'skipped',
  // Surefire: it failed, ran again and passed.
  flaky: 'passed',
  // PHPUnit counts it as passed, and says by its exit code when `failOnRisky` wants otherwise.
  risky: 'passed',
};

/** PHPUnit up to 9 writes risky tests as errors; these are all the ways to be one. */
const riskyTypes: ReadonlySet<string> = new Set(
  ['RiskyTestError', 'OutputError', 'MissingCoversAnnotationException', 'UnintentionallyCoveredCodeError', 'CoveredCodeNotExecutedException'].map(
    (name) => `PHPUnit\\Framework\\${name}`,
  ),
);

/** Elements that decide about a test. Surefire's `rerunFailure` only repeats the `failure` before it. */
export function findingKind(element: string, attributes: Attributes): Finding['kind'] | undefined {
  if (element === 'error' && riskyTypes.has(attributes['type'] ?? '')) return 'risky';
  if (element === 'failure' || element === 'error') return element;
  if (element === 'skipped') return attributes['type'] === 'todo' ? 'todo' : 'skipped';
  return element === 'flakyFailure' || element === 'flakyError' ? 'flaky' : undefined;
}

export function toTestCase(attributes: Attributes, suites: readonly Attributes[], findings: readonly Finding[]): TestCase {
  const finding = severity.map((kind) => findings.find((candidate) => candidate.kind === kind)).find((found) => found !== undefined);
  const status = finding === undefined ? statusByAttribute(attributes) : statuses[finding.kind];
  const inherited = (name: string): string => attributes[name] ?? suites.findLast((suite) => suite[name])?.[name] ?? '';
  const durationMs = toMilliseconds(attributes['time']);
  const file = inherited('file');
  const line = Number(attributes['line'] ?? attributes['lineno'] ?? Number.NaN);
  return {
    name: sanitizeLine(attributes['name'] ?? '') || '(unnamed)',
    group: sanitizeLine(groupOf(attributes, suites)),
    status,
    ...(durationMs !== undefined && { durationMs }),
    ...(finding !== undefined && describe(finding, findings, attributes)),
    ...(file !== '' && { file: sanitizeLine(file) }),
    ...(Number.isSafeInteger(line) && line > 0 && { line }),
  };
}

/** jest-junit and mocha-junit-reporter (Cypress) repeat the name of the test as its class. */
function groupOf(attributes: Attributes, suites: readonly Attributes[]): string {
  const className = attributes['classname'] || attributes['class'] || '';
  const suite = suites.findLast(({ name }) => name)?.['name'] ?? '';
  return className === '' || (suite !== '' && attributes['name']?.endsWith(className)) ? suite : className;
}

function describe(finding: Finding, findings: readonly Finding[], test: Attributes): Pick<TestCase, 'message' | 'details'> {
  const text = sanitizeText(finding.text.replace(/^\s*\n/, ''));
  const message = messageOf(finding, text, test);
  const others = findings.filter((other) => other !== finding && other.text !== '').map((other) => `${other.kind}: ${other.message}\n${other.text}`);
  const details = sanitizeText([text, ...others].filter(Boolean).join('\n\n'));
  return { ...(message !== '' && { message }), ...(details !== '' && details !== message && { details }) };
}

function messageOf(finding: Finding, text: string, test: Attributes): string {
  // gotestsum says `Failed`, and for skipped tests their whole output.
  const goOutput = [text, finding.message].find((output) => isGoFraming(output.split('\n', 1)[0] ?? ''));
  if (goOutput !== undefined) return goOutputLocation(goOutput).message ?? sanitizeLine(finding.message.split('\n', 1)[0] ?? '');
  if (finding.message !== '') return sanitizeLine(finding.message);
  const lines = text.split('\n', 2);
  // PHPUnit names the test again before it says what was wrong; its `classname` has dots for the backslashes of `class`.
  const isName = lines.length > 1 && lines[0]?.startsWith(`${test['class'] ?? test['classname']}::${test['name']}`);
  return sanitizeLine(lines[isName ? 1 : 0] ?? '') || sanitizeLine(finding.type);
}

/** Dialects without elements: googletest's `status="notrun"`, CTest's `status="fail"`, Ginkgo's `status="panicked"`. */
function statusByAttribute(attributes: Attributes): TestStatus {
  for (const name of ['status', 'result']) {
    const value = attributes[name]?.toLowerCase() ?? '';
    if (/^(?:fail|failed|failure|false)$/.test(value)) return 'failed';
    if (/^(?:error|errored|broken|timeout|timedout|aborted|panicked|crashed|interrupted)$/.test(value)) return 'error';
    if (/^(?:notrun|skip|skipped|disabled|ignored|suppressed|pending)$/.test(value)) return 'skipped';
  }
  return 'passed';
}

/** Seconds, as every locale writes them: `0.5`, `0,5`, `1,234.5`. */
export function toMilliseconds(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const seconds = Number(time.includes('.') ? time.replaceAll(',', '') : time.replace(',', '.'));
  return time.trim() !== '' && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1e6) / 1e3 : undefined;
}
