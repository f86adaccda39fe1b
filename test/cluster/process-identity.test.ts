import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { identify, isAlive, signal } from './process-identity.ts';

test('a process with the same pid and another start is not the one that was recorded', async () => {
  const child = spawn('sleep', ['60']);
  const identity = identify(child.pid ?? 0);
  if (identity === undefined) throw new Error('sleep did not start');
  const reused = { ...identity, startedAt: '1' };
  const beforeReboot = { ...identity, boot: 'another' };
  expect([identity, reused, beforeReboot].map(isAlive)).toEqual([true, false, false]);

  signal(reused, 'SIGKILL');
  signal(beforeReboot, 'SIGKILL');
  expect(isAlive(identity)).toBe(true);

  const ended = once(child, 'exit');
  signal(identity, 'SIGKILL');
  await ended;
  expect(isAlive(identity)).toBe(false);
});
