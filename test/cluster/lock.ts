import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { say } from './shell.ts';

const pollMs = 500;
/** A process killed between making the lock and writing its name into it. */
const unreadableAfterMs = 5000;

/** Does `action` while no other process does; the lock of a dead process does not count. */
export async function withLock<T>(file: string, what: string, seconds: number, action: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const until = Date.now() + seconds * 1000;
  let told = false;
  while (!tryLock(file)) {
    if (!told) say(`Another process is ${what}; waiting for it.`);
    told = true;
    if (Date.now() > until) throw new Error(`Waited ${seconds} s in vain for the process that is ${what} (lock ${file}).`);
    await sleep(pollMs);
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const owner = readOwner(file);
  const isAbandoned = owner === undefined ? ageMs(file) > unreadableAfterMs : !isAlive(owner);
  if (isAbandoned) rmSync(file, { force: true });
  return false;
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function ageMs(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}
