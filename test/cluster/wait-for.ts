import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;

/** Asks until the answer is yes; says what it waited for when the time is over. */
export async function waitFor(what: string, seconds: number, ask: () => Promise<boolean> | boolean): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > until) throw new Error(`Waited ${seconds} s in vain for ${what}.`);
    await sleep(pollMs);
  }
}
