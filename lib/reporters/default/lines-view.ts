import { plural } from '../../plural.ts';
import type { Screen } from '../../ports/screen.ts';
import type { SuiteProgress } from '../../run/progress.ts';
import type { SuiteReport } from '../../run/report.ts';
import { suiteColumns } from '../render/columns.ts';
import { formatOffset } from '../render/duration.ts';
import { renderHeartbeat } from '../render/heartbeat.ts';
import { renderRunInfo } from '../render/run-info.ts';
import type { Style } from '../render/style.ts';
import { renderEndedLine, renderPhaseLine } from '../render/suite-line.ts';
import type { RunBoard } from './run-board.ts';
import type { RunView } from './run-view.ts';

const silenceMs = 30_000;
/** Logs have no edge; this only keeps a sentence from becoming a page. */
const logColumns = 240;

/** A line for what happens, and a sign of life when nothing does. */
export class LinesView implements RunView {
  readonly #screen: Screen;
  readonly #style: Style;
  readonly #held = new Set<string>();
  #board: RunBoard | undefined;
  #lastLineAt = 0;

  constructor(screen: Screen, style: Style) {
    this.#screen = screen;
    this.#style = style;
  }

  open(board: RunBoard): void {
    this.#board = board;
    this.#lastLineAt = board.startedAt.getTime();
    this.#screen.write(`${plural(board.total, 'suite')} · ${renderRunInfo(board.run, this.#style, logColumns)}\n`);
  }

  queued(suite: SuiteProgress, now: Date): void {
    this.#line(renderPhaseLine({ ...suite, phase: 'queued', held: false }, this.#columns(), this.#style, logColumns), now);
  }

  started(suite: SuiteProgress, now: Date): void {
    this.#line(renderPhaseLine({ ...suite, phase: 'running', held: false }, this.#columns(), this.#style, logColumns), now);
  }

  /** Why a queue holds a suite is told once: its words change with every suite that ends. */
  changed(suite: SuiteProgress, now: Date): void {
    if (suite.held !== true || this.#held.has(suite.key)) return;
    this.#held.add(suite.key);
    this.#line(renderPhaseLine(suite, this.#columns(), this.#style, logColumns), now);
  }

  ended(suite: SuiteReport, now: Date): void {
    this.#line(renderEndedLine(suite, this.#columns(), this.#style, logColumns), now);
  }

  tick(now: Date): void {
    if (this.#board === undefined || now.getTime() - this.#lastLineAt < silenceMs) return;
    this.#line(renderHeartbeat(this.#board, now), now);
  }

  print(text: string): void {
    this.#screen.write(text);
  }

  close(): void {
    this.#board = undefined;
  }

  #line(text: string, now: Date): void {
    const start = this.#board?.startedAt ?? now;
    this.#lastLineAt = now.getTime();
    this.#screen.write(`${this.#style.dim(`[${formatOffset(now.getTime() - start.getTime())}]`)} ${text}\n`);
  }

  #columns(): ReturnType<typeof suiteColumns> {
    return suiteColumns(this.#board?.suites ?? [], logColumns);
  }
}
