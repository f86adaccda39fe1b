import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePackages } from './cached-packages.ts';

/** Folder of the packages that read the TypeScript of lib/ to make reference pages of it. */
export async function ensureGeneratorPackages(): Promise<string> {
  const names = ['package.json', 'package-lock.json'] as const;
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(import.meta.dirname, 'typedoc', name), 'utf8')] as const));
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  return join(await ensurePackages(`typedoc-${hash}`, new Map(files)), 'node_modules');
}
