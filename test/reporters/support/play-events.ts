import { BlobReader } from '../../../lib/reporters/blob.ts';
import { Narrator } from '../../../lib/reporters/narrator.ts';
import type { ReporterName } from '../../../lib/reporters/registry.ts';
import type { RunEvent } from '../../../lib/run/events.ts';
import { mergeRuns } from '../../../lib/run/merge/merge-runs.ts';
import type { RunReport } from '../../../lib/run/report.ts';
import { toRunReport } from '../../../lib/run/to-report.ts';
import type { FakeScreen } from '../../support/fake-screen.ts';
import { createPlayed, type Played } from './play.ts';
import { startedAt } from './reports.ts';

/** Ways of events to a reporter; what it makes of them must not depend on which. */
export const ways = ['live', 'replayed', 'merged'] as const;

export type Way = (typeof ways)[number];

export interface PlayedEvents extends Played {
  readonly report: RunReport;
}

/** Tells a run: live with a ticking clock, or a year later from its log, or from a blob that was merged. */
export async function playEvents(way: Way, names: readonly ReporterName[], events: readonly RunEvent[], screen?: FakeScreen): Promise<PlayedEvents> {
  const played = createPlayed(names, screen);
  const narrator = new Narrator(played.reporters);
  if (way === 'live') await tellLive(narrator, played, events);
  else await tellLater(narrator, played, way === 'merged' ? await throughBlob(events) : events);
  return { ...played, report: toRunReport(narrator.state) };
}

async function tellLive(narrator: Narrator, { reporters, setTime }: Played, events: readonly RunEvent[]): Promise<void> {
  for (const event of events) {
    const seconds = (Date.parse(event.at) - Date.parse(startedAt)) / 1000;
    setTime(seconds);
    await narrator.handle(event);
    if (event.type !== 'run-ended') await reporters.onTick(new Date(event.at));
  }
}

async function tellLater(narrator: Narrator, { setTime }: Played, events: readonly RunEvent[]): Promise<void> {
  setTime(365 * 24 * 3600);
  const log = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  for (const line of log.trimEnd().split('\n')) await narrator.handle(JSON.parse(line) as RunEvent);
}

async function throughBlob(events: readonly RunEvent[]): Promise<readonly RunEvent[]> {
  const played = createPlayed(['blob']);
  await tellLive(new Narrator(played.reporters), played, events);
  const reader = new BlobReader('blob');
  const lines = (played.folder.files.get('blob.jsonl') ?? '').trimEnd().split('\n').map((line) => reader.read(line));
  reader.end();
  return mergeRuns([{ name: 'blob', events: lines.flatMap((line) => (line !== undefined && 'event' in line ? [line.event] : [])) }]).events;
}
