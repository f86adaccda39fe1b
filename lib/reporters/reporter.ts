import type { PlannedSuite, RunEvent, RunInfo } from '../run/events.ts';
import type { SuiteProgress } from '../run/progress.ts';
import type { RunReport, SuiteReport } from '../run/report.ts';

type Awaitable<T> = T | Promise<T>;

/** An error as plain data. */
export interface SerializedError {
  /** What went wrong. */
  readonly message: string;
  /** Where, when that is known. */
  readonly stack?: string;
}

/** Where a reporter's output goes. */
export type ReporterMedium = 'file' | 'report' | 'screen';

/** How a run ended. */
export type RunEndReason = 'passed' | 'failed' | 'timedout' | 'interrupted';

/**
 * Follows a run. Every method is optional. For each suite events come in order, suites interleave;
 * every queued suite gets exactly one `onTestSuiteEnd`, also when the run is interrupted.
 * An exception thrown here never changes the verdict. The report tells it; where it may cost a file, in any method of
 * a reporter whose medium is not `screen` or while a reporter is made, the exit code of a run that passed is 3.
 * A method that has not settled after 120 s counts as one that throws, and its reporter is told nothing more.
 */
export interface Reporter {
  /** At the end of the run files are written first, then the report that says which of them failed, then screens. @default 'file' */
  readonly medium?: ReporterMedium;
  /** The run and its suites are known; nothing was observed of them yet. */
  onTestRunStart?(run: RunInfo, suites: readonly PlannedSuite[]): Awaitable<void>;
  /** The Job exists; its pod is pending. */
  onTestSuiteQueued?(suite: SuiteProgress): Awaitable<void>;
  /** The suite container runs; once per attempt. */
  onTestSuiteStart?(suite: SuiteProgress): Awaitable<void>;
  /** Anything about the suite changed that a live view may show. */
  onTestSuiteProgress?(suite: SuiteProgress): Awaitable<void>;
  /** The suite's verdict is final. */
  onTestSuiteEnd?(suite: SuiteReport): Awaitable<void>;
  /** Trouble outside of the tests: another reporter failed, or the events of the run cannot be kept. What the cluster does is told to `onEvent`. */
  onError?(error: SerializedError): Awaitable<void>;
  /** Called even for an empty or interrupted run. */
  onTestRunEnd?(report: RunReport, reason: RunEndReason): Awaitable<void>;
  /** Each event as it is logged. */
  onEvent?(event: RunEvent): Awaitable<void>;
  /** Clock tick for live views, up to five times a second; never called on replay. */
  onTick?(now: Date): Awaitable<void>;
}
