import { toProgress, type SuiteProgress } from '../run/progress.ts';
import type { RunEvent } from '../run/events.ts';
import type { ExitRules } from '../run/exit-code.ts';
import type { RunReport } from '../run/report.ts';
import { emptyRun, reduceRun, type RunState, type SuiteState } from '../run/run-state.ts';
import { toRunReport, toSuiteReport } from '../run/to-report.ts';
import type { Reporter, RunEndReason } from './reporter.ts';

/** Folds events, live or replayed, and tells a reporter what they mean. */
export class Narrator {
  readonly #reporter: Reporter;
  readonly #rules: ExitRules;
  readonly #told = new Map<string, SuiteProgress>();
  readonly #ended = new Set<string>();
  #state: RunState = emptyRun;

  constructor(reporter: Reporter, rules: ExitRules = {}) {
    this.#reporter = reporter;
    this.#rules = rules;
  }

  get state(): RunState {
    return this.#state;
  }

  get settled(): boolean {
    return this.#ended.size === this.#state.suites.size;
  }

  async handle(event: RunEvent): Promise<void> {
    this.#state = reduceRun(this.#state, event);
    await this.#reporter.onEvent?.(event);
    if (event.type === 'run-started') {
      await this.#reporter.onTestRunStart?.(event.run, event.suites);
      // Nothing is ever seen of a Job that is gone: its suite has its verdict from the start.
      for (const suite of this.#state.suites.values()) if (suite.verdict !== undefined) await this.#tell(suite);
    } else if (event.type === 'run-ended') {
      await this.#end();
    } else if (event.type !== 'run-interrupted' && event.type !== 'contact-changed') {
      const suite = this.#state.suites.get(event.suite);
      if (suite !== undefined) await this.#tell(suite);
    }
  }

  async #tell(suite: SuiteState): Promise<void> {
    const { key } = suite.planned;
    if (this.#ended.has(key)) return;
    const before = this.#told.get(key);
    const now = toProgress(suite);
    this.#told.set(key, now);
    if (before === undefined) await this.#reporter.onTestSuiteQueued?.(now);
    const started = now.phase === 'running' || now.phase === 'collecting' || now.phase === 'ended';
    const hadStarted = before !== undefined && before.attempt === now.attempt && (before.phase === 'running' || before.phase === 'collecting');
    if (started && !hadStarted && suite.attempts.at(-1)?.pod.suite.startedAt !== undefined) {
      await this.#reporter.onTestSuiteStart?.(now);
    }
    await this.#reporter.onTestSuiteProgress?.(now);
    if (suite.verdict !== undefined) await this.#endSuite(suite);
  }

  async #endSuite(suite: SuiteState): Promise<void> {
    this.#ended.add(suite.planned.key);
    await this.#reporter.onTestSuiteEnd?.(toSuiteReport(suite, this.#state.run));
  }

  async #end(): Promise<void> {
    for (const suite of this.#state.suites.values()) {
      if (!this.#ended.has(suite.planned.key)) await this.#endSuite(suite);
    }
    const report = toRunReport(this.#state, this.#rules);
    await this.#reporter.onTestRunEnd?.(report, reasonOf(report));
  }
}

function reasonOf({ verdict }: RunReport): RunEndReason {
  if (verdict === 'passed' || verdict === 'flaky') return 'passed';
  if (verdict === 'timedout' || verdict === 'interrupted') return verdict;
  return 'failed';
}
