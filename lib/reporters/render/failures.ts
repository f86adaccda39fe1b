import { plural } from '../../plural.ts';
import type { Attachment } from '../../run/events.ts';
import type { AttemptReport, RunReport, SuiteReport } from '../../run/report.ts';
import type { TestCase } from '../../run/results/test-case.ts';
import { unreadEvidence } from './unread-evidence.ts';
import { failingTests, failureText, isBad } from './failing-tests.ts';
import { furtherEvents, renderAdvice, renderEvidence } from './diagnosis.ts';
import { formatDuration } from './duration.ts';
import { linesOf, oneLine } from './sanitize.ts';
import { type Style, verdictLooks } from './style.ts';
import { withoutFullStop } from './suite-line.ts';
import { cutMiddle, truncate } from './text.ts';

const limits = { tests: 10, textHead: 12, textTail: 6, logLines: 20, logLinesBesideTests: 6, files: 3, events: 3, lineWidth: 400 };

export interface FailuresOptions {
  readonly style: Style;
  /** Folder that the paths of the report start from. */
  readonly root: string;
}

/** Why the run is not green: a paragraph a suite, and which suites needed a second try. */
export function renderFailures(report: RunReport, options: FailuresOptions): string {
  const bad = report.suites.filter(isBad);
  const flaky = report.suites.filter(({ verdict }) => verdict === 'flaky');
  return [
    ...bad.map((suite) => renderSuite(suite, options)),
    ...(flaky.length === 0 ? [] : [flaky.map((suite) => renderFlaky(suite, options.style)).join('\n')]),
  ]
    .map((paragraph) => `\n${paragraph}\n`)
    .join('');
}

function renderSuite(suite: SuiteReport, { style, root }: FailuresOptions): string {
  const look = verdictLooks[suite.verdict];
  const last = suite.attempts.at(-1);
  const failing = failingTests(suite);
  const title = [
    style[look.color](style.bold(`${look.glyph} ${oneLine(suite.key)}`)),
    style[look.color](oneLine([look.word, suite.cause ?? ''].filter(Boolean).join(': '))),
    style.dim(oneLine(suite.type)),
    ...(suite.attempts.length > 1 ? [style.dim(`after ${plural(suite.attempts.length, 'attempt')}`)] : []),
  ].join('  ');
  return [
    title,
    ...quote(suite.message, style, { bar: false }),
    ...failing.slice(0, limits.tests).flatMap((test) => renderTest(test, style)),
    ...(failing.length > limits.tests ? ['', `  +${failing.length - limits.tests} more failing tests`] : []),
    ...renderDiagnosis(suite, style),
    ...(suite.verdict === 'error' ? renderEvents(suite, style) : []),
    ...(last === undefined ? [] : renderLog(last, failing.length > 0, style)),
    ...renderFiles(last, suite.attachments, root, style),
    ...renderUnread(suite, style),
  ].join('\n');
}

function renderTest(test: TestCase, style: Style): readonly string[] {
  const name = [test.group, test.name].filter(Boolean).map(oneLine).join(style.dim(' › '));
  const place = test.file === undefined ? '' : oneLine(test.line === undefined ? test.file : `${test.file}:${test.line}`);
  const aside = [place, test.durationMs === undefined ? '' : formatDuration(test.durationMs)].filter(Boolean).join('  ');
  return ['', `  ${style.red('✗')} ${name}${aside === '' ? '' : `  ${style.dim(aside)}`}`, ...quote(failureText(test), style, { bar: true, indent: 4 })];
}

function renderDiagnosis({ diagnosis }: SuiteReport, style: Style): readonly string[] {
  if (diagnosis === undefined) return [];
  const evidence = renderEvidence(diagnosis);
  return [
    ...(evidence.length === 0 ? [] : ['', style.dim('  evidence'), ...quote(evidence.join('\n'), style, { bar: true })]),
    '',
    style.dim('  what to do'),
    ...quote(renderAdvice(diagnosis).join('\n'), style, { bar: true }),
  ];
}

function renderEvents(suite: SuiteReport, style: Style): readonly string[] {
  const events = furtherEvents(suite);
  if (events.length === 0) return [];
  const lines = events
    .slice(-limits.events)
    .map(({ reason, message }) => oneLine(`${reason}: ${message}`));
  return ['', style.dim('  events of the cluster'), ...quote(lines.join('\n'), style, { bar: true })];
}

function renderLog(attempt: AttemptReport, explained: boolean, style: Style): readonly string[] {
  const all = linesOf(attempt.logTail);
  const lines = all.slice(-(explained ? limits.logLinesBesideTests : limits.logLines));
  if (lines.length === 0) return [];
  return ['', style.dim(`  end of the log`), ...lines.map((line) => barred(line, style, 2))];
}

function renderFiles(attempt: AttemptReport | undefined, attachments: SuiteReport['attachments'], root: string, style: Style): readonly string[] {
  const paths = [...(attempt?.log === undefined ? [] : [attempt.log]), ...(attempt?.files ?? []).map(({ path }) => path), ...attachments.toSorted(byUse).flatMap(({ path = [] }) => path)];
  if (paths.length === 0) return [];
  const more = paths.length - limits.files;
  return [
    '',
    ...paths.slice(0, limits.files).map((path, index) => `  ${style.dim(index === 0 ? 'files ' : '      ')}${oneLine(`${root}/${path}`)}`),
    ...(more > 0 ? [style.dim(`        +${more} more`)] : []),
  ];
}

function renderUnread(suite: SuiteReport, style: Style): readonly string[] {
  return unreadEvidence(suite).map((line) => `  ${style.dim('not attached')} ${truncate(oneLine(line), limits.lineWidth)}`);
}

/** What a service has logged says more than the objects of the suite. */
function byUse(a: Attachment, b: Attachment): number {
  return Number(a.service === undefined) - Number(b.service === undefined);
}

function renderFlaky(suite: SuiteReport, style: Style): string {
  const { glyph, color } = verdictLooks.flaky;
  const first = suite.attempts.find(({ verdict }) => verdict !== 'passed');
  const reason = first === undefined ? '' : `; attempt ${first.number}: ${withoutFullStop(oneLine(first.message))}`;
  return `${style[color](`${glyph} ${oneLine(suite.key)}  flaky`)}  ${withoutFullStop(oneLine(suite.message))}${style.dim(reason)}`;
}

interface QuoteOptions {
  readonly bar: boolean;
  readonly indent?: number;
}

function quote(text: string, style: Style, { bar, indent = 2 }: QuoteOptions): readonly string[] {
  const lines = cutMiddle(linesOf(text), limits.textHead, limits.textTail);
  // More than one line is a quotation also where a sentence was expected.
  return lines.map((line, index) => (bar || index > 0 ? barred(line, style, indent) : `  ${style.bold('›')} ${truncate(line, limits.lineWidth)}`));
}

/** GitHub's runner skips blanks before it looks for `::command::`, so an indent alone would not do. */
function barred(line: string, style: Style, indent: number): string {
  return `${' '.repeat(indent)}${style.dim('│')} ${line.length > limits.lineWidth ? `${line.slice(0, limits.lineWidth)}…` : line}`.trimEnd();
}
