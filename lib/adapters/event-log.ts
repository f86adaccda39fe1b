import { readFile } from 'node:fs/promises';
import { KubesuiteError } from '../errors.ts';
import { eventLogVersion, type RunEvent, type RunInfo } from '../run/events.ts';
import { isRunId } from '../run/run-id.ts';

/** Reads an `events.jsonl`. A last line cut by a killed process is left out; any other bad line is refused. */
export async function readEventLog(path: string): Promise<readonly RunEvent[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const rest = lines.pop() ?? '';
  const events = lines.map((line, index) => parseLine(line, path, index + 1));
  checkEventLog(events, path);
  return rest === '' ? events : [...events, ...tryParse(rest)];
}

/** The events are those of a run, in a version that can be read. */
export function checkEventLog(events: readonly RunEvent[], path: string): void {
  const [first] = events;
  if (first?.type !== 'run-started') {
    throw new KubesuiteError('EVENT_LOG', `${path} does not begin with a 'run-started' event.`, { hint: 'name the folder of a run' });
  }
  const id: unknown = (first.run as Partial<RunInfo> | undefined)?.id;
  if (!isRunId(id)) {
    throw new KubesuiteError('EVENT_LOG', `${path}: a run id has only a-z, 0-9 and '-'; received ${JSON.stringify(id)?.slice(0, 80) ?? 'none'}.`, { hint: 'use the file as kubesuite wrote it' });
  }
  if (first.version > eventLogVersion) {
    throw new KubesuiteError('EVENT_LOG', `${path} has version ${first.version}; this kubesuite reads up to ${eventLogVersion}.`, {
      hint: 'use the version of kubesuite that wrote it, or a newer one',
    });
  }
}

function parseLine(line: string, path: string, number: number): RunEvent {
  const [event] = tryParse(line);
  if (event === undefined) throw new KubesuiteError('EVENT_LOG', `${path}:${number} is not a run event: received '${line.slice(0, 80)}'.`);
  return event;
}

function tryParse(line: string): readonly RunEvent[] {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null && 'type' in event ? [event as RunEvent] : [];
  } catch {
    return [];
  }
}
