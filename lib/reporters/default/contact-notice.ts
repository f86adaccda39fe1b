import type { ContactChanged } from '../../run/events.ts';
import { sanitizeLine } from '../../run/results/sanitize.ts';

/** A server that is back by then was only busy. */
const noticeAfterMs = 5000;
const longestReason = 500;

/** What to say of an API server that does not answer: once when it lasts, and once when it is over. */
export class ContactNotice {
  #lost: { readonly sinceMs: number; readonly reason: string } | undefined;
  #told = false;

  /** What is to be said of it at once. */
  change({ at, lost }: ContactChanged): string | undefined {
    if (lost !== undefined) {
      this.#lost ??= { sinceMs: Date.parse(at), reason: lost };
      return undefined;
    }
    const wasTold = this.#told;
    this.#lost = undefined;
    this.#told = false;
    return wasTold ? 'The API server answers again.\n' : undefined;
  }

  tick(now: Date): string | undefined {
    if (this.#lost === undefined || this.#told || now.getTime() - this.#lost.sinceMs < noticeAfterMs) return undefined;
    this.#told = true;
    return `The API server does not answer; no suite is judged meanwhile. ${sanitizeLine(this.#lost.reason, longestReason)}\n`;
  }
}
