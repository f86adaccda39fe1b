import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chooseRunFolder } from '../../lib/cli/choose-run-folder.ts';
import type { RunInfo } from '../../lib/run/events.ts';
import { passingRun } from '../support/passing-run.ts';

const [started] = passingRun;
const run: RunInfo = { id: 'r1', release: 'shop', namespace: 'ns', context: 'fake', chart: 'shop-0.1.0' };

it('is that of the run when it is followed again, and another one for the same id from elsewhere', async () => {
  const runs = await mkdtemp(join(tmpdir(), 'kubesuite-runs-'));
  const write = async (folder: string, text: string): Promise<void> => {
    await mkdir(join(runs, folder), { recursive: true });
    await writeFile(join(runs, folder, 'events.jsonl'), text);
  };
  const other = { ...run, namespace: 'other' };
  expect(await chooseRunFolder(runs, run)).toBe(join(runs, 'r1'));
  await write('r1', '');
  expect(await chooseRunFolder(runs, run)).toBe(join(runs, 'r1'));
  await write('r1', `${JSON.stringify(started)}\n`);
  expect(await chooseRunFolder(runs, run)).toBe(join(runs, 'r1'));
  expect(await chooseRunFolder(runs, other)).toBe(join(runs, 'r1-2'));
  await write('r1-2', `${JSON.stringify({ ...started, run: other })}\n`);
  expect(await chooseRunFolder(runs, other)).toBe(join(runs, 'r1-2'));
  expect(await chooseRunFolder(runs, { ...run, context: 'third' })).toBe(join(runs, 'r1-3'));
  await rm(runs, { recursive: true });
});
