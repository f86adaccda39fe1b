import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { ChartFiles } from './chart-files.ts';

export interface WrittenChart {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Writes what changed and removes templates that the chart no longer has. Other files outside of
 * `templates/`, such as a `values-ci.yaml` of one's own, stay.
 */
export function writeChart(root: string, files: ChartFiles): WrittenChart {
  const existing = readChart(root, files);
  const written = [...files].filter(([path, content]) => existing.get(path) !== content);
  const folders = new Set(written.map(([path]) => dirname(join(root, path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const [path, content] of written) replaceFile(join(root, path), content);
  const removed = [...existing.keys()].filter((path) => !files.has(path));
  for (const path of removed) rmSync(join(root, path));
  return { written: written.map(([path]) => path), removed };
}

/** The part of the folder that is ours: every template, and the other files that `files` names. */
export function readChart(root: string, files: ChartFiles): ChartFiles {
  const paths = new Set([...templatesIn(root), ...[...files.keys()].filter((path) => !path.startsWith('templates/'))]);
  const found = new Map<string, string>();
  for (const path of paths) {
    const content = readIfPresent(join(root, path));
    if (content !== undefined) found.set(path, content);
  }
  return found;
}

function templatesIn(root: string): readonly string[] {
  try {
    return readdirSync(join(root, 'templates'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** By rename, so that a reader never sees half a file. */
function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
