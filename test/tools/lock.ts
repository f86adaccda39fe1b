import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, connect, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { progress } from './progress.ts';

/**
 * Runs `work` while no other process on this machine runs work of the same key. The lock is a socket in
 * Linux' abstract namespace: it goes with its process, so that none is ever left behind.
 */
export async function withLock<T>(key: string, what: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const server = await acquire(key, what, timeoutMs);
  try {
    return await work();
  } finally {
    server.close();
  }
}

async function acquire(key: string, what: string, timeoutMs: number): Promise<Server> {
  const address = `\0kubesuite-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
  const deadline = Date.now() + timeoutMs;
  let reported = false;
  for (;;) {
    const server = await listen(address, `process ${process.pid} (${what})`);
    if (server !== undefined) return server;
    const holder = await askHolder(address);
    if (Date.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s for ${holder} before ${what}.`);
    }
    if (!reported) progress(`waiting for ${holder}`);
    reported = true;
    await sleep(200);
  }
}

async function listen(address: string, holder: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(holder);
  });
  server.listen(address);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function askHolder(address: string): Promise<string> {
  const socket = connect(address);
  socket.setTimeout(1000, () => socket.destroy());
  try {
    return await text(socket);
  } catch {
    return 'another process';
  }
}
