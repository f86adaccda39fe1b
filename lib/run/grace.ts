import type { GraceExpired } from './events.ts';
import type { SuiteState } from './run-state.ts';
import { judgeSuite } from './suite-verdict.ts';
import { findTrouble } from './trouble.ts';

interface Wait {
  readonly cause: string;
  readonly since: number;
}

/**
 * Counts how long each suite has been in its present trouble. The count starts anew when the cause
 * changes, and for a queue as long as another suite of the run holds room.
 */
export class GraceWatch {
  readonly #waits = new Map<string, Wait>();

  /** Suites whose grace is over at `now`. */
  expired(suites: Iterable<SuiteState>, now: Date): readonly GraceExpired[] {
    const open = [...suites].filter((suite) => judgeSuite(suite) === undefined);
    const busy = open.some((suite) => suite.attempts.at(-1)?.pod.suite.state === 'running');
    const expired: GraceExpired[] = [];
    for (const suite of open) {
      const { key } = suite.planned;
      const trouble = findTrouble(suite);
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
      });
    }
    return expired;
  }
}
