import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { spawnOnTerminal, test } from '../support/e2e.ts';
import { shell, writeConfig } from './fixtures/suites.ts';

const slowTap = "echo TAP version 13; for number in 1 2 3; do sleep 2; echo ok $number; done; echo not ok 4 - breaks; sleep 2; echo ok 5; echo 1..5";

test('on a terminal, a window shows each suite and its tests so far, and leaves the failures behind', async ({ workspace }) => {
  await writeConfig(workspace.folder, { slow: shell(slowTap, { results: 'stdout:tap' }) });
  const { stdout, exitCode } = await spawnOnTerminal(workspace.folder, ['run', '--namespace', workspace.namespace]);
  const shown = stripVTControlCharacters(stdout);
  const counts = [...shown.matchAll(/slow +quick +running .*?(\d+) tests? so far/g)].map(([, count]) => Number(count));
  expect(counts, shown).toContain(2);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(shown).toContain('4 tests so far, 1 failed');
  expect(exitCode).toBe(1);
  const left = shown.slice(shown.lastIndexOf('so far'));
  expect(left).toContain('breaks');
  expect(left).toContain('FAILED');
});
