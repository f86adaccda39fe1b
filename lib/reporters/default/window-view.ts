import type { Screen } from '../../ports/screen.ts';
import type { SuiteProgress } from '../../run/progress.ts';
import type { SuiteReport } from '../../run/report.ts';
import { suiteColumns } from '../render/columns.ts';
import type { Style } from '../render/style.ts';
import { renderEndedLine } from '../render/suite-line.ts';
import { renderWindow } from '../render/window.ts';
import type { RunBoard } from './run-board.ts';
import type { RunView } from './run-view.ts';

/** A window that is redrawn in place; ended suites stay above it. */
export class WindowView implements RunView {
  readonly #screen: Screen;
  readonly #style: Style;
  #board: RunBoard | undefined;
  /** Replays have no ticks, and nobody could read a window that changes at once. */
  #ticking = false;

  constructor(screen: Screen, style: Style) {
    this.#screen = screen;
    this.#style = style;
  }

  open(board: RunBoard): void {
    this.#board = board;
  }

  queued(): void {}

  started(): void {}

  changed(_suite: SuiteProgress, now: Date): void {
    this.#drawTicking(now);
  }

  ended(suite: SuiteReport, now: Date): void {
    const { columns } = this.#screen;
    this.#screen.write(`${renderEndedLine(suite, this.#columns(), this.#style, columns)}\n`);
    this.#drawTicking(now);
  }

  tick(now: Date): void {
    this.#ticking = true;
    this.#draw(now);
  }

  print(text: string): void {
    this.#screen.write(text);
  }

  close(): void {
    this.#board = undefined;
    this.#screen.window('');
  }

  #drawTicking(now: Date): void {
    if (this.#ticking) this.#draw(now);
  }

  #draw(now: Date): void {
    if (this.#board === undefined) return;
    this.#screen.window(
      renderWindow({ board: this.#board, now, size: this.#screen, columns: this.#columns(), style: this.#style }),
    );
  }

  #columns(): ReturnType<typeof suiteColumns> {
    return suiteColumns(this.#board?.suites ?? [], this.#screen.columns);
  }
}
