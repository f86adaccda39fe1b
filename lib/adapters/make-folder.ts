import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from '../has-code.ts';

/** `mkdir -p`. That of Node never returns where a file system answers ENOENT to whatever is made in it, as /proc does. */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  await mkdir(path).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
}

/** @throws Error of the file system, also when the folder is there and nothing can be made in it */
export async function makeWritableFolder(path: string): Promise<void> {
  await makeFolder(path);
  await access(path, constants.W_OK | constants.X_OK);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}
