import type { SuiteReport } from '../../run/report.ts';
import type { SuiteProgress } from '../../run/progress.ts';
import type { SuiteColumns } from './columns.ts';
import { formatDuration } from './duration.ts';
import { oneLine } from './sanitize.ts';
import { type Style, phaseLooks, verdictLooks } from './style.ts';
import { pad, truncate, widthOf } from './text.ts';

/** `✓ ping  smoke  3.1s  12 tests` */
export function renderEndedLine(suite: SuiteReport, columns: SuiteColumns, style: Style, screenColumns: number): string {
  const look = verdictLooks[suite.verdict];
  const label = outcomeLabel(suite);
  const duration = pad(suite.startedAt === undefined ? '' : formatDuration(suite.durationMs), 7, 'left');
  const start = `${look.glyph} ${pad(suite.key, columns.key)}  ${pad(suite.type, columns.type)} ${duration}  ${label === '' ? '' : `${label}  `}`;
  const message = truncate(withoutFullStop(suite.message), Math.max(10, screenColumns - 1 - widthOf(start)));
  return [
    style[look.color](look.glyph),
    ` ${pad(suite.key, columns.key)}  `,
    style.dim(`${pad(suite.type, columns.type)} ${duration}`),
    '  ',
    label === '' ? '' : `${style[look.color](label)}  `,
    suite.verdict === 'passed' ? style.dim(message) : message,
  ].join('').trimEnd();
}

/** `● ping  smoke  running`, and for a suite that a queue holds also the reason. */
export function renderPhaseLine(suite: SuiteProgress, columns: SuiteColumns, style: Style, screenColumns: number): string {
  const look = phaseLooks[suite.phase];
  return [
    style[look.color](look.glyph),
    ` ${pad(suite.key, columns.key)}  `,
    style.dim(pad(suite.type, columns.type)),
    `  ${look.word}`,
    suite.attempt > 1 ? ` (attempt ${suite.attempt})` : '',
    suite.held === true ? `  ${truncate(withoutFullStop(suite.detail), screenColumns)}` : '',
  ].join('');
}

/** What glyph and message leave open. */
function outcomeLabel({ verdict, cause }: SuiteReport): string {
  if (verdict === 'passed' || verdict === 'failed') return '';
  return verdict === 'error' ? oneLine(cause ?? 'error') : verdictLooks[verdict].word;
}

export function withoutFullStop(text: string): string {
  return text.trimEnd().replace(/\.$/, '');
}
