import { inspect } from 'node:util';
import type { Clock } from '../ports/clock.ts';
import type { PlannedSuite, RunEvent, RunInfo } from '../run/events.ts';
import type { SuiteProgress } from '../run/progress.ts';
import type { RunReport, SuiteReport } from '../run/report.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { exitCodes } from '../run/exit-code.ts';
import type { Reporter, ReporterMedium, RunEndReason, SerializedError } from './reporter.ts';

const endOrder: readonly ReporterMedium[] = ['file', 'report', 'screen'];

/** A report may go over a network. */
const deadlineMs = 120_000;

export interface NamedReporter {
  /** What users call it. */
  readonly name: string;
  readonly reporter: Reporter;
}

/**
 * Many reporters as one. What one of them throws is told to the others, kept in `errors`, and changes nothing else.
 * One that does not come back is told nothing more. All are told the same objects, which none of them can change.
 */
export class Multiplexer implements Reporter {
  readonly #clock: Clock;
  #reporters: readonly NamedReporter[];
  readonly #errors: SerializedError[] = [];
  #hasLostFile = false;

  constructor(reporters: readonly NamedReporter[], clock: Clock) {
    this.#reporters = reporters;
    this.#clock = clock;
  }

  /** What the reporters threw, each message once. */
  get errors(): readonly SerializedError[] {
    return this.#errors;
  }

  async onTestRunStart(run: RunInfo, suites: readonly PlannedSuite[]): Promise<void> {
    deepFreeze([run, suites]);
    await this.#dispatch('onTestRunStart', (reporter) => reporter.onTestRunStart?.(run, suites));
  }

  async onTestSuiteQueued(suite: SuiteProgress): Promise<void> {
    deepFreeze(suite);
    await this.#dispatch('onTestSuiteQueued', (reporter) => reporter.onTestSuiteQueued?.(suite));
  }

  async onTestSuiteStart(suite: SuiteProgress): Promise<void> {
    deepFreeze(suite);
    await this.#dispatch('onTestSuiteStart', (reporter) => reporter.onTestSuiteStart?.(suite));
  }

  async onTestSuiteProgress(suite: SuiteProgress): Promise<void> {
    deepFreeze(suite);
    await this.#dispatch('onTestSuiteProgress', (reporter) => reporter.onTestSuiteProgress?.(suite));
  }

  async onTestSuiteEnd(suite: SuiteReport): Promise<void> {
    deepFreeze(suite);
    await this.#dispatch('onTestSuiteEnd', (reporter) => reporter.onTestSuiteEnd?.(suite));
  }

  async onError(error: SerializedError): Promise<void> {
    await this.#dispatch('onError', (reporter) => reporter.onError?.(error));
  }

  async onTestRunEnd(report: RunReport, reason: RunEndReason): Promise<void> {
    for (const medium of endOrder) {
      const told = deepFreeze(this.conclude(report));
      await this.#dispatch('onTestRunEnd', (reporter) => (mediumOf(reporter) === medium ? reporter.onTestRunEnd?.(told, reason) : undefined));
    }
  }

  /** The report with what came of the reporters so far: no other verdict, but no exit code 0 for a lost file. */
  conclude(report: RunReport): RunReport {
    if (this.#errors.length === 0) return report;
    const exitCode = this.#hasLostFile && report.exitCode === exitCodes.passed ? exitCodes.infrastructure : report.exitCode;
    return { ...report, exitCode, reporterErrors: this.#errors.map(({ message }) => message) };
  }

  /** An error that reached nobody: which reporter's it is, is not known. */
  takeStray(error: unknown): void {
    this.#hasLostFile = true;
    this.#keep({ message: `a reporter failed in something that it does not wait for: ${error instanceof Error ? error.message : inspect(error)}` });
  }

  async onEvent(event: RunEvent): Promise<void> {
    deepFreeze(event);
    await this.#dispatch('onEvent', (reporter) => reporter.onEvent?.(event));
  }

  async onTick(now: Date): Promise<void> {
    await this.#dispatch('onTick', (reporter) => reporter.onTick?.(now));
  }

  async #dispatch(method: keyof Reporter, call: (reporter: Reporter) => unknown): Promise<void> {
    const thrown: { readonly by: NamedReporter; readonly error: SerializedError }[] = [];
    for (const named of this.#reporters) {
      const error = await this.#attempt(named, method, call);
      if (error !== undefined) thrown.push({ by: named, error });
    }
    for (const { by, error } of thrown) await this.#tell(error, by);
  }

  /** What is thrown here is kept but not told: two broken reporters would complain about each other for ever. */
  async #tell(error: SerializedError, by: NamedReporter): Promise<void> {
    if (!this.#keep(error)) return;
    for (const named of this.#reporters) {
      if (named === by) continue;
      const another = await this.#attempt(named, 'onError', (reporter) => reporter.onError?.(error));
      if (another !== undefined) this.#keep(another);
    }
  }

  /** Whatever it was that a reporter threw in: what it writes may be without what it was told then. */
  async #attempt(named: NamedReporter, method: keyof Reporter, call: (reporter: Reporter) => unknown): Promise<SerializedError | undefined> {
    const error = await attempt(named, method, async (reporter) => this.#withinDeadline(named, call(reporter)));
    this.#hasLostFile ||= error !== undefined && mediumOf(named.reporter) !== 'screen';
    return error;
  }

  async #withinDeadline(named: NamedReporter, settling: unknown): Promise<void> {
    if (!isThenable(settling)) return;
    const settled = new AbortController();
    const silence = async (): Promise<void> => {
      await this.#clock.sleep(deadlineMs, settled.signal);
      if (settled.signal.aborted) return;
      this.#reporters = this.#reporters.filter((other) => other !== named);
      throw new Error(`it has not settled within ${deadlineMs / 1000} s, and is told nothing more`);
    };
    try {
      await Promise.race([settling, silence()]);
    } finally {
      settled.abort();
    }
  }

  /** Once each: a reporter that fails at every tick would drown the run. */
  #keep(error: SerializedError): boolean {
    if (this.#errors.some(({ message }) => message === error.message)) return false;
    this.#errors.push(error);
    return true;
  }
}

/** A reporter of somebody else's making may bring its own kind of promise. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function mediumOf({ medium = 'file' }: Reporter): ReporterMedium {
  return medium;
}

async function attempt({ name, reporter }: NamedReporter, method: keyof Reporter, call: (reporter: Reporter) => unknown): Promise<SerializedError | undefined> {
  try {
    await call(reporter);
    return undefined;
  } catch (error) {
    const place = `reporter '${name}' failed in ${method}`;
    if (error instanceof Error) return { message: `${place}: ${error.message}`, ...(error.stack !== undefined && { stack: error.stack }) };
    return { message: `${place}: ${typeof error === 'string' ? error : inspect(error)}` };
  }
}
