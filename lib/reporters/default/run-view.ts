import type { SuiteProgress } from '../../run/progress.ts';
import type { SuiteReport } from '../../run/report.ts';
import type { RunBoard } from './run-board.ts';

/** How the default reporter shows a run that is under way. `now` is the time of what is told. */
export interface RunView {
  open(board: RunBoard): void;
  queued(suite: SuiteProgress, now: Date): void;
  started(suite: SuiteProgress, now: Date): void;
  changed(suite: SuiteProgress, now: Date): void;
  ended(suite: SuiteReport, now: Date): void;
  tick(now: Date): void;
  /** A text that stays; whole lines. */
  print(text: string): void;
  close(): void;
}
