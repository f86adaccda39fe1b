import type { Clock } from '../../ports/clock.ts';
import type { Change } from '../../ports/cluster.ts';
import type { EvidenceCollected } from '../events.ts';
import type { SuiteState } from '../run-state.ts';
import { EvidenceCollector } from './evidence-collector.ts';
import { SeenObjects } from './seen-objects.ts';

/** What is not read by then, after the last verdict, is noted as such. */
const deadlineMs = 30_000;

/** Starts collecting as soon as a suite has a verdict that wants it, once each. */
export class EvidenceTasks {
  readonly #collector: EvidenceCollector;
  readonly #clock: Clock;
  readonly #emit: (event: EvidenceCollected) => Promise<void>;
  readonly #seen = new SeenObjects();
  readonly #tasks = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(collector: EvidenceCollector, clock: Clock, emit: (event: EvidenceCollected) => Promise<void>) {
    this.#collector = collector;
    this.#clock = clock;
    this.#emit = emit;
  }

  see(change: Change): void {
    this.#seen.keep(change);
  }

  start(suite: SuiteState, onFailure: (error: unknown) => void): void {
    const { key } = suite.planned;
    if (this.#tasks.has(key) || !EvidenceCollector.isWanted(suite)) return;
    this.#tasks.set(key, this.#collector.collect(suite, this.#seen, this.#stop.signal, this.#emit).catch(onFailure));
  }

  /** Resolves when everything that was started is saved. */
  async finish(): Promise<void> {
    const finished = new AbortController();
    void this.#clock.sleep(deadlineMs, finished.signal).then(() => this.stop());
    await Promise.all(this.#tasks.values());
    finished.abort();
  }

  /** What is not read by now is noted as such. */
  stop(): void {
    this.#stop.abort();
  }
}
