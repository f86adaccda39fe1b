import { containerNames } from '../constructs/names.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { PlannedSuite, TestsCounted } from './events.ts';
import type { PodSnapshot } from './observed.ts';
import { outcomeReader } from './results/test-outcome.ts';
import { LiveCounter } from './results/live-counter.ts';

export interface LiveTestsOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly namespace: string;
}

const tellEveryMs = 1000;
/** More than a terminal has rows; each is a connection to the API server. */
const mostAtOnce = 40;

/** Counts the tests that running suites print, for those who watch. Results and verdicts are read from the whole log, later. */
export class LiveTests {
  readonly #options: LiveTestsOptions;
  readonly #seen = new Set<string>();
  #following = 0;

  constructor(options: LiveTestsOptions) {
    this.#options = options;
  }

  /** Follows the pod's log until it ends or `signal` aborts. What cannot be read is not counted. */
  async count(planned: PlannedSuite, pod: PodSnapshot, signal: AbortSignal, emit: (event: TestsCounted) => Promise<void>): Promise<void> {
    const { results } = planned.contract;
    const read = results.from === 'stdout' ? outcomeReader(results.format) : undefined;
    if (read === undefined || this.#seen.has(pod.uid) || this.#following >= mostAtOnce) return;
    this.#seen.add(pod.uid);
    this.#following++;
    const counter = new LiveCounter(read);
    const ended = new AbortController();
    const until = AbortSignal.any([signal, ended.signal]);
    const reading = this.#read(pod, counter, until).finally(() => ended.abort());
    await this.#tell(planned.key, pod.name, counter, until, emit);
    await reading;
    this.#following--;
  }

  async #read(pod: PodSnapshot, counter: LiveCounter, signal: AbortSignal): Promise<void> {
    const { cluster, namespace } = this.#options;
    try {
      for await (const text of cluster.followLog({ namespace, pod: pod.name, container: containerNames.suite }, signal)) counter.push(text);
    } catch {
      // Only a number in the window depends on it.
    }
  }

  async #tell(suite: string, pod: string, counter: LiveCounter, signal: AbortSignal, emit: (event: TestsCounted) => Promise<void>): Promise<void> {
    const { clock } = this.#options;
    let told = 0;
    while (!signal.aborted) {
      await clock.sleep(tellEveryMs, signal);
      const { counts } = counter;
      if (signal.aborted || counts.total === told) continue;
      told = counts.total;
      await emit({ type: 'tests-counted', at: clock.now().toISOString(), suite, pod, counts });
    }
  }
}
