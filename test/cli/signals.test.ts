import { join, resolve } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { x } from 'tinyexec';
import { expect } from 'vitest';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { execute } from '../../lib/cli/main.ts';
import { test } from '../support/cli.ts';
import { FakeScreen } from '../support/fake-screen.ts';

const signals = resolve(import.meta.dirname, '../../lib/cli/signals.ts');

test('the first signal aborts, one right behind it is a duplicate, a later one says what remains and ends the process', async ({ folder }) => {
  const script = join(folder.path, 'wait.ts');
  await writeFile(
    script,
    `import { abortOnSignals } from ${JSON.stringify(signals)};
     const { signal } = abortOnSignals({ onSecond: () => void process.stdout.write('release shop remains\\n') });
     signal.addEventListener('abort', () => process.stdout.write('aborted by ' + signal.reason + '\\n'));
     setInterval(() => {}, 1000);
     process.stdout.write('ready\\n');`,
  );
  const child = x(process.execPath, [script], { timeout: 15_000 });
  const lines: string[] = [];
  for await (const line of child) {
    lines.push(line);
    if (line === 'ready') child.kill('SIGINT');
    if (!line.startsWith('aborted')) continue;
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 600);
  }
  expect(lines).toEqual(['ready', 'aborted by SIGINT', 'release shop remains']);
  expect(child.process?.signalCode).toBe('SIGINT');
});

test('what goes wrong after a signal is said all the same', async ({ folder }) => {
  let said = '';
  const stderr = (text: string): void => {
    said += text;
  };
  const exitCode = await execute(['report', 'r1'], { cwd: folder.path, env: {}, screen: new FakeScreen(), stderr, clock: systemClock, signal: AbortSignal.abort('SIGINT'), announceRemains: () => {}, listenToStrays: () => () => {} });
  expect(exitCode).toBe(130);
  expect(said).toContain('error: ');
});
