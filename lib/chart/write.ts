import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode } from '../has-code.ts';
import type { ChartFiles } from './chart-files.ts';

/** What `writeChart` did; paths are relative to the chart's folder. */
export interface WrittenChart {
  /** Files that are new or changed. */
  readonly written: readonly string[];
  /** Templates that the chart no longer has. */
  readonly removed: readonly string[];
}

/**
 * Writes what changed and removes templates that the chart no longer has. Other files outside of
 * `templates/`, such as a `values-ci.yaml` of one's own, stay. Each file is replaced as a whole.
 * @param root - folder of the chart; made when it does not exist
 * @param files - what `renderChart` or `HelmApp.render` gives
 * @throws Error of the file system
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

/** Links are neither followed nor ours to remove; `recursive` of `readdirSync` would follow them. */
function templatesIn(root: string, folder = 'templates'): readonly string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory()) return templatesIn(root, path);
        return entry.isFile() ? [path] : [];
      })
      .toSorted();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** By rename, so that a reader never sees half a file. */
function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
