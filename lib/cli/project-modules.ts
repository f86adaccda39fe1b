import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { KubesuiteError } from '../errors.ts';

/** How Node will read the TypeScript files of a folder. */
export interface ProjectModules {
  /** `.ts` is an ES module only where the nearest package.json says so; `.mts` always is one. */
  readonly ending: 'ts' | 'mts';
  /** A package.json that should get `"type": "module"`, with its text. */
  readonly typeless?: { readonly path: string; readonly text: string };
}

/** What `npm install` writes into a folder without package.json: no file can rely on their type yet. */
const dependencyFields = new Set(['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']);

export function findProjectModules(folder: string): ProjectModules {
  const path = nearestManifest(folder);
  if (path === undefined) return { ending: 'ts' };
  const text = readFileSync(path, 'utf8');
  const manifest = parseManifest(path, text);
  if (manifest['type'] !== undefined) return { ending: manifest['type'] === 'module' ? 'ts' : 'mts' };
  const isBare = Object.keys(manifest).every((field) => dependencyFields.has(field));
  return isBare ? { ending: 'ts', typeless: { path, text: `${JSON.stringify({ type: 'module', ...manifest }, null, 2)}\n` } } : { ending: 'mts' };
}

function nearestManifest(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (existsSync(path)) return path;
  return folder === parse(folder).root ? undefined : nearestManifest(dirname(folder));
}

function parseManifest(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new KubesuiteError('USAGE', `${path} is not JSON: ${String(cause)}.`, { hint: 'mend it, then run init again; nothing was written', cause });
  }
}
