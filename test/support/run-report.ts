import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../lib/run/events.ts';
import type { RunReport } from '../../lib/run/report.ts';

/** The only run in the folder. */
export async function readReport(folder: string): Promise<{ readonly report: RunReport; readonly root: string }> {
  const runs = join(folder, '.kubesuite', 'runs');
  const [run, ...others] = await readdir(runs);
  if (run === undefined || others.length > 0) throw new Error(`${runs} holds ${others.length + 1} runs.`);
  const root = join(runs, run);
  return { report: JSON.parse(await readFile(join(root, 'report.json'), 'utf8')) as RunReport, root };
}

/** Everything that was observed of a run, in order. */
export async function readEvents(root: string): Promise<readonly RunEvent[]> {
  const text = await readFile(join(root, 'events.jsonl'), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line) as RunEvent);
}
