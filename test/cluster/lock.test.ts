import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withLock } from './lock.ts';

test('one at a time', async () => {
  const key = randomUUID();
  let inside = 0;
  const enter = async (): Promise<void> => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(20);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(async () => withLock(key, 'testing', 20, enter)));
});

test('a failed action frees it', async () => {
  const key = randomUUID();
  await expect(withLock(key, 'testing', 5, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(key, 'testing', 5, async () => 'free')).toBe('free');
});

test('whoever waits in vain is told for whom; the death of the owner frees it', async () => {
  const key = randomUUID();
  const script = `import { withLock } from ${JSON.stringify(import.meta.resolve('./lock.ts'))};
    await withLock(${JSON.stringify(key)}, 'sleeping', 5, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)); });`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(owner.stdout, 'data');
  await expect(withLock(key, 'testing', 0, async () => {})).rejects.toThrow(`process ${owner.pid}, which is sleeping`);

  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(await withLock(key, 'testing', 5, async () => 'free')).toBe('free');
});
