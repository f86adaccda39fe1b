import type { PlannedSuite, RunInfo } from '../../run/events.ts';
import type { SuiteReport, Verdict } from '../../run/report.ts';
import type { SuiteProgress } from '../../run/progress.ts';

const phaseOrder: readonly SuiteProgress['phase'][] = ['running', 'collecting', 'starting', 'queued', 'waiting', 'ended'];

/** What a view knows of the run: which suites are under way, and what became of the others. */
export class RunBoard {
  readonly run: RunInfo;
  readonly startedAt: Date;
  /** All of the plan, as far as tables need it. */
  readonly suites: readonly { readonly key: string; readonly type: string }[];
  readonly #live = new Map<string, SuiteProgress>();
  readonly #ended = new Map<string, Verdict>();

  constructor(run: RunInfo, suites: readonly PlannedSuite[], startedAt: Date) {
    this.run = run;
    this.startedAt = startedAt;
    this.suites = suites.map(({ key, contract }) => ({ key, type: contract.type }));
    for (const { key, type } of this.suites) {
      this.#live.set(key, { key, type, phase: 'waiting', attempt: 1, detail: '' });
    }
  }

  update(suite: SuiteProgress): void {
    if (!this.#ended.has(suite.key)) this.#live.set(suite.key, suite);
  }

  end(suite: SuiteReport): void {
    this.#live.delete(suite.key);
    this.#ended.set(suite.key, suite.verdict);
  }

  get total(): number {
    return this.#live.size + this.#ended.size;
  }

  get endedCount(): number {
    return this.#ended.size;
  }

  countOf(verdict: Verdict): number {
    return this.#ended.values().filter((other) => other === verdict).toArray().length;
  }

  /** Suites without a verdict: those that run first, of these the longest first, so that rows keep their place. */
  live(): readonly SuiteProgress[] {
    return [...this.#live.values()].toSorted(
      (a, b) => phaseOrder.indexOf(a.phase) - phaseOrder.indexOf(b.phase) || sinceOf(a) - sinceOf(b) || a.key.localeCompare(b.key),
    );
  }
}

function sinceOf({ since }: SuiteProgress): number {
  return since === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(since);
}
