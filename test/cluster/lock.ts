import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './shell.ts';

const pollMs = 200;

/**
 * Does `action` while no other process does. The lock is a socket in Linux' abstract namespace: the
 * kernel removes it together with its process, so that a stale one cannot exist.
 */
export async function withLock<T>(key: string, what: string, seconds: number, action: () => Promise<T>): Promise<T> {
  const lock = await acquire(key, what, seconds);
  try {
    return await action();
  } finally {
    lock.close();
  }
}

async function acquire(key: string, what: string, seconds: number): Promise<Server> {
  const address = `\0kubesuite-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
  const until = Date.now() + seconds * 1000;
  let told = false;
  for (;;) {
    const lock = await tryLock(address, `process ${process.pid}, which is ${what}`);
    if (lock !== undefined) return lock;
    const owner = await askOwner(address);
    if (!told) say(`Waiting for ${owner} ...`);
    told = true;
    if (Date.now() > until) throw new Error(`Waited ${seconds} s in vain for ${owner}.`);
    await sleep(pollMs);
  }
}

/** Whoever connects is told who holds the lock. */
async function tryLock(address: string, owner: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.on('error', () => {}).end(owner));
  try {
    await once(server.listen(address), 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function askOwner(address: string): Promise<string> {
  const socket = connect(address);
  socket.setTimeout(1000, () => socket.destroy());
  return text(socket).catch(() => 'another process');
}
