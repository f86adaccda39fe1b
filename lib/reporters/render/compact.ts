import type { RunReport, SuiteReport } from '../../run/report.ts';
import { formatDuration } from './duration.ts';
import { failingTests, failureText, isBad, testTitle } from './failing-tests.ts';
import { linesOf } from './sanitize.ts';
import { locationOf } from './source-location.ts';
import { type Style, verdictLooks } from './style.ts';
import { countSuites, countTests } from './summary.ts';
import { truncate } from './text.ts';

const limits = { tests: 5, width: 200 };

/** Under the line of a suite: a line or two for each failing test, or what to do about an error. */
export function renderCompactFailures(suite: SuiteReport, style: Style): readonly string[] {
  if (!isBad(suite)) return [];
  const failing = failingTests(suite);
  const more = failing.length - limits.tests;
  return [
    ...failing.slice(0, limits.tests).flatMap((test) => {
      const place = locationOf(test);
      const at = place === undefined ? '' : `  ${place.file}${place.line === undefined ? '' : `:${place.line}`}`;
      const message = test.message ?? linesOf(failureText(test))[0] ?? '';
      return [line(`${testTitle(test)}${at}`, style), ...(message === '' ? [] : [line(message, style, '  ')])];
    }),
    ...(more > 0 ? [line(`+${more} more failing tests`, style)] : []),
    ...(suite.diagnosis === undefined ? [] : [line(suite.diagnosis.hint, style)]),
  ];
}

/** The bar keeps the runner of GitHub from taking the text for a command: blanks alone would not. */
function line(text: string, style: Style, indent = ''): string {
  return `  ${style.dim('│')} ${indent}${truncate(text, limits.width)}`;
}

/** `FAILED  suites: 1 failed, 1 passed (2)  tests: 2 failed, 24 passed (26)  1m 5s  exit code 1` */
export function renderCompactSummary(report: RunReport, style: Style): string {
  const look = verdictLooks[report.verdict];
  return [
    style[look.color](style.bold(look.word.toUpperCase())),
    `suites: ${countSuites(report, style)}`,
    `tests: ${countTests(report, style)}`,
    formatDuration(report.durationMs),
    style.dim(`exit code ${report.exitCode}`),
  ].join('  ');
}
