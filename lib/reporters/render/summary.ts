import { join } from 'node:path';
import type { RunReport, Verdict } from '../../run/report.ts';
import { formatDuration } from './duration.ts';
import { renderRunInfo } from './run-info.ts';
import { oneLine } from './sanitize.ts';
import { type Style, verdictLooks } from './style.ts';

const worstFirst: readonly Verdict[] = ['error', 'timedout', 'failed', 'interrupted', 'skipped', 'flaky', 'passed'];

interface SummaryOptions {
  readonly style: Style;
  readonly root: string;
  /** Path of the file for a browser, when there is one. */
  readonly page: string | undefined;
}

/** The last lines of a run. */
export function renderSummary(report: RunReport, { style, root, page }: SummaryOptions): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Suites', countSuites(report, style)],
    ['Tests', countTests(report, style)],
    ['Time', formatDuration(report.durationMs)],
    ['Run', renderRunInfo(report.run, style, Number.MAX_SAFE_INTEGER).replace('run ', '')],
    ['Files', oneLine(root)],
    ...(page === undefined ? [] : [['Page', oneLine(page)] as const]),
    ['Report', `kubesuite report ${oneLine(root.endsWith(join('.kubesuite', 'runs', report.run.id)) ? report.run.id : root)}`],
    ...(report.reporterErrors ?? []).map((error) => ['Errors', style.red(oneLine(error))] as const),
  ];
  const look = verdictLooks[report.verdict];
  const verdict = style[look.color](style.bold(look.word.toUpperCase()));
  return `\n${rows.map(([label, value]) => `${style.dim(label.padStart(7))}  ${value}\n`).join('')}\n${verdict}${style.dim(`  exit code ${report.exitCode}`)}\n`;
}

export function countSuites({ suites, totals }: RunReport, style: Style): string {
  const parts = worstFirst
    .filter((verdict) => totals.suites[verdict] > 0)
    .map((verdict) => style[verdictLooks[verdict].color](`${totals.suites[verdict]} ${verdictLooks[verdict].word}`));
  return suites.length === 0 ? style.yellow('none: the values of the release leave none enabled') : `${parts.join(', ')}${style.dim(` (${suites.length})`)}`;
}

export function countTests({ totals: { tests } }: RunReport, style: Style): string {
  const parts = [
    ...(tests.failed > 0 ? [style.red(`${tests.failed} failed`)] : []),
    ...(tests.passed > 0 ? [style.green(`${tests.passed} passed`)] : []),
    ...(tests.skipped > 0 ? [style.dim(`${tests.skipped} skipped`)] : []),
  ];
  return tests.total === 0 ? style.dim('none') : `${parts.join(', ')}${style.dim(` (${tests.total})`)}`;
}
