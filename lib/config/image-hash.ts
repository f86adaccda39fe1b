import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

const tagLength = 12;

/**
 * The tag of an image: a hash of its build context (paths, executable bits, contents and targets of
 * links), the same on every machine. Links are not followed.
 */
export async function hashContext(context: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(context, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => ({ isLink: entry.isSymbolicLink(), path: join(entry.parentPath, entry.name).slice(context.length + 1) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, isLink } of files) {
    const absolute = join(context, path);
    const content = isLink ? await readlink(absolute) : await readFile(absolute);
    const mode = isLink ? 'link' : ((await stat(absolute)).mode & 0o100) === 0 ? 'file' : 'executable';
    hash.update(`${mode} ${path.length} ${path} ${content.length} `).update(content);
  }
  return hash.digest('hex').slice(0, tagLength);
}
