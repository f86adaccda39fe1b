import type { GraceExpired } from './events.ts';
import type { SuiteState } from './run-state.ts';
import { findTrouble } from './trouble.ts';

/** Far longer than the runner ever sleeps. */
const longestTickMs = 10_000;

/** What is not seen is not judged, but nobody waits for ever either. */
export const contactGraceSeconds = 300;

/** The API server does not answer. */
export interface LostContact {
  readonly since: Date;
  readonly reason: string;
}

interface Wait {
  readonly cause: string;
  readonly pod: string | undefined;
  readonly since: number;
}

/**
 * Counts how long each suite has been in its present trouble. The count starts anew when the cause or the pod
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

  /** Suites whose grace is over at `now`. While contact is lost, no time counts but that of the loss. */
  expired(suites: Iterable<SuiteState>, now: Date, lost?: LostContact): readonly GraceExpired[] {
    this.#forgive(now.getTime(), lost !== undefined);
    const open = [...suites].filter((suite) => suite.verdict === undefined);
    if (lost !== undefined) {
      if (now.getTime() - lost.since.getTime() < contactGraceSeconds * 1000) return [];
      const message = `The API server did not answer for ${contactGraceSeconds} s. ${lost.reason}`;
      return open.map(({ planned }) => ({ type: 'grace-expired', at: now.toISOString(), suite: planned.key, cause: 'lost-contact', message }));
    }
    const busy = open.some((suite) => suite.attempts.at(-1)?.pod.suite.state === 'running');
    const expired: GraceExpired[] = [];
    for (const suite of open) {
      const { key } = suite.planned;
      const trouble = findTrouble(suite, this.#queueTimeoutSeconds);
      const known = this.#waits.get(key);
      const goesOn = known?.cause === trouble.cause && known.pod === trouble.pod && !(trouble.queues && busy);
      const since = goesOn ? known.since : now.getTime();
      this.#waits.set(key, { cause: trouble.cause, pod: trouble.pod, since });
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
  #forgive(now: number, isBlind: boolean): void {
    const gap = now - (this.#lastLook ?? now);
    this.#lastLook = now;
    if (gap <= longestTickMs && !isBlind) return;
    for (const [key, wait] of this.#waits) this.#waits.set(key, { ...wait, since: wait.since + gap });
  }
}
