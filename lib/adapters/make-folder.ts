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

/**
 * Whether `makeFolder` and a write could make the file, as far as can be seen without making anything.
 * @throws Error of the file system, or one that says that there is a folder in its place
 */
export async function checkWritableFile(path: string): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Error(`${path} is a folder`);
    await access(path, constants.W_OK);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    await checkFolder(dirname(path));
  }
}

async function checkFolder(path: string): Promise<void> {
  try {
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
    await checkFolder(dirname(path));
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}
