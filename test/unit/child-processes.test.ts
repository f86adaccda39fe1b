import { expect, test } from 'vitest';
import { ChildProcesses } from '../support/child-processes.ts';

test('what a test leaves running is ended, and only that', async () => {
  const mine = new ChildProcesses();
  const others = new ChildProcesses();
  const forever = ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"];
  const [left, other] = [mine.spawn(process.execPath, forever, {}), others.spawn(process.execPath, forever, {})];
  const ended = mine.spawn(process.execPath, ['-e', ''], {});
  await ended;
  try {
    await mine.killAll();
    expect(left.process?.signalCode).toBe('SIGKILL');
    expect(ended.process?.signalCode).toBe(null);
    expect(other.process?.signalCode).toBe(null);
  } finally {
    await others.killAll();
  }
});
