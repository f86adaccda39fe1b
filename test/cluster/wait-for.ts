import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/** Asks until the answer is yes. The error says what was waited for, and what `details` knows about why. */
export async function waitFor(what: string, seconds: number, ask: () => Promise<boolean> | boolean, details?: () => string): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > until) throw new Error([`Waited ${seconds} s in vain for ${what}.`, details?.() ?? ''].join('\n').trim());
    await sleep(pollMs);
  }
}
