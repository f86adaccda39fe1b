import { posix } from 'node:path';
import type { ArchiveEntry, SkippedEntry } from './archive.ts';

/** Of Linux. Anything longer is made up, and not worth a glob. */
const longestPath = 4096;

/** A result file that was not unpacked, if there is one: its tests would be missing without a word. A link to a result file that was is none. */
export function findLost(skipped: readonly SkippedEntry[], entries: readonly ArchiveEntry[], files: string): SkippedEntry | undefined {
  const isResult = (path: string): boolean => path.length > longestPath || posix.matchesGlob(path, files);
  const read = new Set(entries.map(({ path }) => path).filter(isResult));
  return skipped.find(({ path, target }) => isResult(path) && (target === undefined || !read.has(target)));
}
