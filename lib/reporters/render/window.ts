import { plural } from '../../plural.ts';
import type { Screen } from '../../ports/screen.ts';
import type { RunBoard } from '../default/run-board.ts';
import type { SuiteProgress } from '../../run/progress.ts';
import type { SuiteColumns } from './columns.ts';
import { formatElapsed, formatOffset } from './duration.ts';
import { renderRunInfo } from './run-info.ts';
import { type Style, phaseLooks, verdictLooks } from './style.ts';
import { pad, truncate, widthOf } from './text.ts';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** Header, blanks, the `+n more` and progress lines, and room for a few finished suites above. */
const linesBesideRows = 9;

export interface WindowOptions {
  readonly board: RunBoard;
  readonly now: Date;
  readonly size: Pick<Screen, 'columns' | 'rows'>;
  readonly columns: SuiteColumns;
  readonly style: Style;
}

/** The part of the screen that is redrawn while suites run. */
export function renderWindow(options: WindowOptions): string {
  const { board, size, style } = options;
  const live = board.live();
  const active = live.filter(({ phase }) => phase !== 'waiting' && phase !== 'ended');
  const shown = active.slice(0, Math.max(1, size.rows - linesBesideRows));
  const rest = [...active.slice(shown.length), ...live.filter(({ phase }) => phase === 'waiting')];
  return [
    '',
    renderRunInfo(board.run, style, size.columns - 2),
    '',
    ...shown.map((suite) => renderRow(suite, options)),
    ...(rest.length === 0 ? [] : [style.dim(`  ${truncate(renderRest(rest, shown.length > 0), size.columns - 3)}`)]),
    ...(live.length === 0 ? [] : ['']),
    renderProgress(options),
  ].join('\n');
}

function renderRow(suite: SuiteProgress, { now, size, columns, style }: WindowOptions): string {
  const look = phaseLooks[suite.phase];
  const moving = suite.phase === 'running' || suite.phase === 'collecting';
  const glyph = moving ? (spinner[Math.floor(now.getTime() / 250) % spinner.length] ?? look.glyph) : look.glyph;
  const elapsed = suite.since === undefined ? '' : formatElapsed(now.getTime() - Date.parse(suite.since));
  const name = ` ${pad(suite.key, columns.key)}  `;
  const type = pad(suite.type, columns.type);
  const phase = pad(look.word, 10);
  const time = pad(elapsed, 7, 'left');
  const room = size.columns - 1 - widthOf(`${glyph}${name}${type}  ${phase}${time}  `);
  const detail = [suite.attempt > 1 ? `attempt ${suite.attempt}` : '', renderTests(suite), suite.detail].filter(Boolean).join(', ');
  return `${style[look.color](glyph)}${name}${style.dim(type)}  ${style[look.color](phase)}${time}  ${style.dim(truncate(detail, Math.max(0, room)))}`.trimEnd();
}

/** `12 tests so far, 1 failed` */
function renderTests({ tests }: SuiteProgress): string {
  if (tests === undefined) return '';
  return `${plural(tests.total, 'test')} so far${tests.failed === 0 ? '' : `, ${tests.failed} failed`}`;
}

/** `+3 more queued, 9 waiting` */
function renderRest(rest: readonly SuiteProgress[], more: boolean): string {
  const counts = Map.groupBy(rest, ({ phase }) => phase);
  return [...counts]
    .map(([phase, suites], index) => `${more && index === 0 ? `+${suites.length} more` : suites.length} ${phaseLooks[phase].word}`)
    .join(', ');
}

function renderProgress({ board, now, style }: WindowOptions): string {
  const failed = board.countOf('failed') + board.countOf('timedout') + board.countOf('error');
  const passed = board.countOf('passed') + board.countOf('flaky');
  return [
    style.bold(`${board.endedCount}/${plural(board.total, 'suite')}`),
    ...(passed === 0 ? [] : [style.green(`${verdictLooks.passed.glyph} ${passed}`)]),
    ...(failed === 0 ? [] : [style.red(`${verdictLooks.failed.glyph} ${failed}`)]),
    style.dim(formatOffset(now.getTime() - board.startedAt.getTime())),
  ].join('  ');
}
