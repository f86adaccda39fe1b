import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { checkEventLog, readEventLog } from '../adapters/event-log.ts';
import { readLines } from '../adapters/read-lines.ts';
import { LocalRunFolder } from '../adapters/run-folder.ts';
import { BlobReader } from '../reporters/blob.ts';
import type { RunEvent } from '../run/events.ts';
import type { MergeSource } from '../run/merge/places.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { findRun } from './find-run.ts';

export interface FoundFile {
  /** In its run. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** A run to merge, whose files are read one by one. */
export interface FoundSource extends MergeSource {
  /** Its folder; a blob has none. */
  readonly root?: string;
  files(wanted: readonly string[]): AsyncIterable<FoundFile>;
}

/** Reads `[label=]run`: a blob, a run id or the folder of a run. */
export async function readMergeSource(argument: string, outputDir: string, cwd: string): Promise<FoundSource> {
  const [, label, rest = argument] = existsSync(resolve(cwd, argument)) ? [] : (/^([A-Za-z0-9][\w-]*)=(.+)$/.exec(argument) ?? []);
  const path = resolve(cwd, rest);
  const source = existsSync(path) && statSync(path).isFile() ? await readBlob(path) : await readFolder(findRun(rest, outputDir, cwd));
  return { ...source, ...(label !== undefined && { label }) };
}

async function readFolder(root: string): Promise<FoundSource> {
  const folder = new LocalRunFolder(root);
  return {
    name: `run ${basename(root)}`,
    root,
    events: await readEventLog(resolve(root, runFiles.events)),
    async *files(wanted) {
      for (const path of wanted) {
        const content = await folder.read(path);
        if (content !== undefined) yield { path, content };
      }
    },
  };
}

async function readBlob(path: string): Promise<FoundSource> {
  const name = basename(path);
  const events: RunEvent[] = [];
  const reader = new BlobReader(name);
  for await (const text of readLines(path)) {
    const line = reader.read(text);
    if (line !== undefined && 'event' in line) events.push(line.event);
  }
  reader.end();
  checkEventLog(events, name);
  return {
    name,
    events,
    async *files(wanted) {
      const paths = new Set(wanted);
      const again = new BlobReader(name);
      for await (const text of readLines(path)) {
        const line = again.read(text);
        if (line !== undefined && 'file' in line && paths.has(line.file)) yield { path: line.file, content: again.unpack(line) };
      }
    },
  };
}
