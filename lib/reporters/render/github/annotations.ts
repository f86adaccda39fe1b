import { plural } from '../../../plural.ts';
import type { RunReport, SuiteReport } from '../../../run/report.ts';
import type { TestCase } from '../../../run/results/test-case.ts';
import { failingTests, failureText, isBad, testTitle } from '../failing-tests.ts';
import { linesOf, oneLine } from '../sanitize.ts';
import { locationOf } from '../source-location.ts';
import { cutMiddle, truncate } from '../text.ts';
import { renderAnnotation, renderGroup } from './command.ts';

/** GitHub shows ten errors and ten warnings of a step, and drops the others without a word. */
const most = 10;
const limits = { title: 120, lines: 12, lineWidth: 300, logWidth: 1000 };

export type FindSource = (path: string) => string | undefined;

/** An error for each failing test and each suite without one, a warning for each suite that is flaky, and the ends of the logs. */
export function renderAnnotations(report: RunReport, findSource: FindSource): string {
  const bad = report.suites.filter(isBad);
  const errors = inTurn(bad.map((suite) => annotateSuite(suite, findSource)));
  const warnings = report.suites.filter(({ verdict }) => verdict === 'flaky').map(annotateFlaky);
  return [...cut(errors, 'error', 'failure'), ...cut(warnings, 'warning', 'flaky suite'), ...bad.flatMap(renderLog)].join('');
}

function annotateSuite(suite: SuiteReport, findSource: FindSource): readonly string[] {
  const failing = failingTests(suite);
  if (failing.length > 0) return failing.map((test) => annotateTest(suite, test, findSource));
  const text = [suite.message, ...(suite.diagnosis === undefined ? [] : [suite.diagnosis.hint])].map(oneLine).join('\n');
  return [renderAnnotation('error', { title: title([suite.key, suite.cause ?? suite.verdict]) }, text)];
}

function annotateTest({ key }: SuiteReport, test: TestCase, findSource: FindSource): string {
  const place = locationOf(test);
  const found = place && findSource(place.file);
  const lines = cutMiddle(linesOf(failureText(test)), limits.lines, 2).map((line) => truncateEnd(line, limits.lineWidth));
  // A path that is not in the repository would be shown as one that is.
  const told = place !== undefined && found === undefined ? [`${place.file}${place.line === undefined ? '' : `:${place.line}`}`] : [];
  return renderAnnotation('error', { title: title([key, testTitle(test)]), file: found, line: found === undefined ? undefined : place?.line }, [...told, ...lines].join('\n') || 'It says nothing of its failure.');
}

function annotateFlaky(suite: SuiteReport): string {
  const first = suite.attempts.find(({ verdict }) => verdict !== 'passed');
  return renderAnnotation('warning', { title: title([suite.key, 'flaky']) }, [suite.message, first?.message ?? ''].map(oneLine).filter(Boolean).join('\n'));
}

function renderLog(suite: SuiteReport): readonly string[] {
  const lines = linesOf(suite.attempts.at(-1)?.logTail ?? '');
  return lines.length === 0 ? [] : [renderGroup(`end of the log of ${truncate(suite.key, limits.title)}`, lines.map((line) => truncateEnd(line, limits.logWidth)))];
}

/** The first of each, then the second of each: one suite does not take all the room. */
function inTurn(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: Math.min(longest, most + 1) }, (_, index) => lists.flatMap((list) => list[index] ?? [])).flat().concat(lists.flatMap((list) => list.slice(most + 1)));
}

function cut(annotations: readonly string[], level: 'error' | 'warning', noun: string): readonly string[] {
  if (annotations.length <= most) return annotations;
  const left = annotations.length - (most - 1);
  return [...annotations.slice(0, most - 1), renderAnnotation(level, { title: `${plural(left, noun)} more` }, 'GitHub shows ten annotations of a step: see the summary of the run for the others.')];
}

function title(parts: readonly string[]): string {
  return truncate(parts.join(': '), limits.title);
}

function truncateEnd(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width).toWellFormed()}…` : line;
}
