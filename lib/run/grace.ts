import type { GraceExpired } from './events.ts';
import type { SuiteState } from './run-state.ts';
import { findTrouble } from './trouble.ts';

/** Far longer than the runner ever sleeps. */
const longestTickMs = 10_000;

interface Wait {
  readonly cause: string;
  readonly since: number;
}

/**
 * Counts how long each suite has been in its present trouble. The count starts anew when the cause
 * changes, and for a queue as long as another suite of the run holds room.
 */
export class GraceWatch {
  readonly #queueTimeoutSeconds: number | undefined;
  readonly #waits = new Map<string, Wait>();
  #lastLook: number | undefined;

  /** @param queueTimeoutSeconds - default: `defaultQueueTimeoutSeconds` */
  constructor(queueTimeoutSeconds?: number) {
    this.#queueTimeoutSeconds = queueTimeoutSeconds;
  }

  /** Suites whose grace is over at `now`. */
  expired(suites: Iterable<SuiteState>, now: Date): readonly GraceExpired[] {
    this.#forgive(now.getTime());
    const open = [...suites].filter((suite) => suite.verdict === undefined);
    const busy = open.some((suite) => suite.attempts.at(-1)?.pod.suite.state === 'running');
    const expired: GraceExpired[] = [];
    for (const suite of open) {
      const { key } = suite.planned;
      const trouble = findTrouble(suite, this.#queueTimeoutSeconds);
      const known = this.#waits.get(key);
      const goesOn = known?.cause === trouble.cause && !(trouble.queues && busy);
      const since = goesOn ? known.since : now.getTime();
      this.#waits.set(key, { cause: trouble.cause, since });
      const waitedSeconds = (now.getTime() - since) / 1000;
      if (waitedSeconds < trouble.graceSeconds) continue;
      expired.push({
        type: 'grace-expired',
        at: now.toISOString(),
        suite: key,
        cause: trouble.cause,
        message: `${trouble.message} (waited ${trouble.graceSeconds} s)`,
        ...(trouble.evidence && { evidence: trouble.evidence }),
      });
    }
    return expired;
  }

  /** Time in which nobody looked (a laptop asleep) is no time that a suite has wasted. */
  #forgive(now: number): void {
    const gap = now - (this.#lastLook ?? now);
    this.#lastLook = now;
    if (gap <= longestTickMs) return;
    for (const [key, wait] of this.#waits) this.#waits.set(key, { ...wait, since: wait.since + gap });
  }
}
