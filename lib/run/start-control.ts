import { batchesOf } from '../batches.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Change, Cluster } from '../ports/cluster.ts';
import { skipAfterFailures } from './bail.ts';
import type { DiscoveredRelease } from './discover-release.ts';
import type { RunEvent } from './events.ts';
import type { QuotaSnapshot } from './observed.ts';
import type { RunState, SuiteState } from './run-state.ts';
import { toQuotaSnapshot } from './snapshots.ts';
import { orderStart } from './start-order.ts';

export interface StartControlOptions {
  readonly release: DiscoveredRelease;
  readonly cluster: Cluster;
  readonly clock: Clock;
  /** Failed suites after which no other one starts. @default no limit */
  readonly bail?: number | undefined;
  /** Suites that may be under way at the same time, in a release whose start is controlled. @default no limit */
  readonly maxWorkers?: number | undefined;
}

type Emit = (event: RunEvent) => Promise<void>;

/** How many Jobs are started at the same time. */
const batchSize = 8;
/** As long as an API server may be away in a run. */
const failureDeadlineMs = 300_000;
const failurePauseMs = 2000;

/** Starts the suspended Jobs of a run in their order. All that it knows is read from the cluster, so any machine can go on with it. */
export class StartControl {
  readonly #options: StartControlOptions;
  readonly #quotas = new Map<string, QuotaSnapshot>();
  readonly #released = new Set<string>();
  #failingSince: number | undefined;
  #pausedUntil = 0;

  constructor(options: StartControlOptions) {
    this.#options = options;
  }

  /** Whether there is anything to decide in this run. */
  get isNeeded(): boolean {
    return this.#options.release.controlled || this.#options.bail !== undefined;
  }

  observe({ object, type }: Extract<Change, { kind: 'resourcequotas' }>): void {
    const quota = toQuotaSnapshot(object);
    if (type === 'deleted') this.#quotas.delete(quota.name);
    else this.#quotas.set(quota.name, quota);
  }

  /** Starts, holds and skips what the state of the run asks for. Starts no more once `signal` aborts, or an API server has failed to. */
  async step(state: RunState, signal: AbortSignal, emit: Emit): Promise<void> {
    const { release, clock, bail, maxWorkers } = this.#options;
    const suites = [...state.suites.values()];
    const at = clock.now().toISOString();
    const skipped = bail === undefined ? [] : skipAfterFailures(suites, bail);
    for (const { suite, message } of skipped) await emit({ type: 'suite-skipped', at, suite: suite.planned.key, message });
    if (!release.controlled || skipped.length > 0) return;
    for (const { planned, job } of suites) if (job?.suspended === false) this.#released.delete(planned.key);
    const order = orderStart({ suites, quotas: [...this.#quotas.values()], released: this.#released, maxWorkers });
    for (const { suite, message } of order.skip) await emit({ type: 'suite-skipped', at, suite: suite.planned.key, message });
    for (const { suite, waitsFor, message } of order.hold) {
      if (suite.hold?.message !== message) await emit({ type: 'start-held', at, suite: suite.planned.key, waitsFor, message });
    }
    for (const batch of batchesOf(order.release, batchSize)) {
      if (signal.aborted || clock.now().getTime() < this.#pausedUntil) return;
      await Promise.all(batch.map(async (suite) => this.#release(suite, emit)));
    }
  }

  async #release({ planned: { key, job, uid } }: SuiteState, emit: Emit): Promise<void> {
    const { cluster, clock, release } = this.#options;
    try {
      await cluster.releaseJob(release.run.namespace, { name: job, uid });
    } catch (error) {
      const now = clock.now().getTime();
      this.#failingSince ??= now;
      this.#pausedUntil = now + failurePauseMs;
      const isOver = now - this.#failingSince >= failureDeadlineMs;
      if (isOver || (error instanceof KubesuiteError && error.code === 'CLUSTER_DENIED')) throw error;
      return;
    }
    this.#failingSince = undefined;
    this.#released.add(key);
    await emit({ type: 'suite-released', at: clock.now().toISOString(), suite: key });
  }
}
