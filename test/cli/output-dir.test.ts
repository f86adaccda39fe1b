import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareOutputDir } from '../../lib/cli/output-dir.ts';

it('makes the folder of all runs, also below a link, and twice', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'kubesuite-output-'));
  await symlink('real', join(cwd, 'link'));
  await expect(prepareOutputDir('link/a', cwd)).rejects.toMatchObject({ code: 'OUTPUT_DIR' });
  await prepareOutputDir('real/a', cwd);
  await prepareOutputDir('link/a', cwd);
  await prepareOutputDir('link/b', cwd);
  expect(await readdir(join(cwd, 'real'))).toEqual(['a', 'b']);
  await rm(cwd, { recursive: true });
});

it.each(['file', 'file/below', '/dev/null', ...(process.platform === 'linux' ? ['/proc/none'] : [])])('refuses %s, and says why', async (outputDir) => {
  const cwd = await mkdtemp(join(tmpdir(), 'kubesuite-output-'));
  await writeFile(join(cwd, 'file'), '');
  await expect(prepareOutputDir(outputDir, cwd)).rejects.toMatchObject({ code: 'OUTPUT_DIR', message: expect.stringMatching(/E(?:NOTDIR|EXIST|NOENT)/), hint: 'choose another one with --output-dir' });
  await rm(cwd, { recursive: true });
});
