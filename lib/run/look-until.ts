import type { Clock } from '../ports/clock.ts';

/** What was seen, and in a sentence what is still waited for; empty: nothing. */
export interface Look<Seen> {
  readonly seen: Seen;
  readonly waitsFor: string;
}

export interface LookOptions {
  readonly deadlineMs: number;
  /** @default never aborts */
  readonly signal?: AbortSignal | undefined;
  /** Is told once what is waited for, when that takes long. */
  readonly announce?: ((text: string) => void) | undefined;
}

const pollMs = 250;
const announceAfterMs = 2000;

/** Looks again and again, until nothing is waited for or the time is over. Gives the last look. */
export async function lookUntil<Seen>(clock: Clock, { deadlineMs, signal, announce }: LookOptions, look: () => Promise<Look<Seen>>): Promise<Look<Seen>> {
  const started = clock.now().getTime();
  let announced = false;
  for (;;) {
    const found = await look();
    const passedMs = clock.now().getTime() - started;
    if (found.waitsFor === '' || passedMs > deadlineMs - pollMs) return found;
    if (!announced && passedMs >= announceAfterMs) {
      announce?.(`${found.waitsFor}\n`);
      announced = true;
    }
    await clock.sleep(pollMs, signal);
    signal?.throwIfAborted();
  }
}
