import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readIgnoreFile } from './ignore-file.ts';

const tagLength = 12;

export interface HashOptions {
  /** Absolute path of the Containerfile, in the context or elsewhere. */
  readonly file?: string | undefined;
}

/**
 * The tag of an image: a hash of its build context (paths, executable bits, contents and targets of
 * links), the same on every machine. Links are not followed. What the ignore file keeps from the build
 * does not count, but for the Containerfile, which makes the image all the same.
 */
export async function hashContext(context: string, { file }: HashOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  const isIgnored = await readIgnoreFile(context, file);
  for (const { path, isLink } of await listFiles(context)) {
    if (isIgnored(path)) continue;
    if (isLink) update(hash, 'link', path, await readlink(join(context, path)));
    else await updateFile(hash, path, join(context, path));
  }
  // The name too: which of two Containerfiles of the context is used makes two images.
  if (file !== undefined) await updateFile(hash, relative(context, file), file);
  return hash.digest('hex').slice(0, tagLength);
}

interface ContextFile {
  /** Relative to the context, `/` on every system. */
  readonly path: string;
  readonly isLink: boolean;
}

async function listFiles(context: string): Promise<readonly ContextFile[]> {
  return (await walk(context, '')).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Not by `readdir`'s `recursive`, which follows links to folders from Node 26 on. */
async function walk(context: string, folder: string): Promise<readonly ContextFile[]> {
  const entries = await readdir(join(context, folder), { withFileTypes: true });
  const files = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return walk(context, path);
    return entry.isFile() || entry.isSymbolicLink() ? [{ path, isLink: entry.isSymbolicLink() }] : [];
  });
  return (await Promise.all(files)).flat();
}

async function updateFile(hash: Hash, path: string, absolute: string): Promise<void> {
  const isExecutable = ((await stat(absolute)).mode & 0o100) !== 0;
  update(hash, isExecutable ? 'executable' : 'file', path, await readFile(absolute));
}

/** Lengths first, so that no two contexts make the same bytes. */
function update(hash: Hash, mode: string, path: string, content: string | Buffer): void {
  hash.update(`${mode} ${path.length} ${path} ${content.length} `).update(content);
}
