import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { hasCode } from '../has-code.ts';

/** The first of them that is there counts, as for buildah and podman; Docker knows only the second. */
const ignoreFiles = ['.containerignore', '.dockerignore'];
/** Sent to the build even where they are ignored. */
const alwaysSent = new Set(['Containerfile', 'Dockerfile', ...ignoreFiles]);

/** Tells which paths of a build context the build does not see. A Containerfile's own ignore file goes before that of the context. */
export async function readIgnoreFile(context: string, containerfile: string | undefined): Promise<(path: string) => boolean> {
  const ownFiles = containerfile === undefined ? [] : ['.containerignore', '.dockerignore'].map((suffix) => containerfile + suffix);
  for (const path of [...ownFiles, ...ignoreFiles.map((name) => join(context, name))]) {
    const text = await readFile(path, 'utf8').catch(ignoreMissing);
    if (text === undefined) continue;
    // A CommonJS module whose types are those of an ES module.
    const patterns = dockerignore.default({ ignorecase: false }).add(text);
    return (candidate) => !alwaysSent.has(candidate) && patterns.ignores(candidate);
  }
  return () => false;
}

function ignoreMissing(error: unknown): undefined {
  if (hasCode(error, 'ENOENT')) return undefined;
  throw error;
}
