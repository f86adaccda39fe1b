import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir } from '../test/cluster/paths.ts';

/** A folder of the cache with npm packages that cannot stand beside the project's own; installed once. */
export async function ensurePackages(name: string, files: ReadonlyMap<string, string>): Promise<string> {
  const folder = join(cacheDir, name);
  if (existsSync(folder)) return folder;
  console.error(`Installing ${name} into ${folder} (about 10 s) ...`);
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  for (const [file, content] of files) await writeFile(join(unfinished, file), content);
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: unfinished, timeout: 300_000 });
  await rename(unfinished, folder).catch(async (error: unknown) => {
    // Somebody else was faster.
    if (!existsSync(folder)) throw error;
    await rm(unfinished, { recursive: true });
  });
  return folder;
}
