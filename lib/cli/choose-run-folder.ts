import { join } from 'node:path';
import { readEventLog } from '../adapters/event-log.ts';
import type { RunInfo } from '../run/events.ts';
import { runFiles } from '../run/run-folder-layout.ts';

/** The folder of a run: named by its id, unless one with the same id came from elsewhere, whose report must stay. */
export async function chooseRunFolder(runs: string, run: RunInfo): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = join(runs, number === 1 ? run.id : `${run.id}-${number}`);
    const known = await readRun(folder);
    if (known === undefined || isSamePlace(known, run)) return folder;
  }
}

async function readRun(folder: string): Promise<RunInfo | undefined> {
  const events = await readEventLog(join(folder, runFiles.events)).catch(() => []);
  return events[0]?.type === 'run-started' ? events[0].run : undefined;
}

function isSamePlace(one: RunInfo, other: RunInfo): boolean {
  return one.release === other.release && one.namespace === other.namespace && one.context === other.context;
}
