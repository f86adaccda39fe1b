import type { CoreV1Event } from '@kubernetes/client-node';
import type { SuiteState } from '../run-state.ts';

/** When a suite was there; milliseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Times of Kubernetes are whole seconds, and clocks of nodes differ a little. */
const slackMs = 2000;

/** From its first pod, or its Job, to its end, or to `now`. */
export function windowOf({ job, attempts }: SuiteState, now: Date): TimeWindow {
  const from = Date.parse(attempts[0]?.pod.createdAt || job?.createdAt || '');
  const to = Date.parse(attempts.at(-1)?.pod.suite.finishedAt ?? '');
  return { from: (Number.isNaN(from) ? now.getTime() : from) - slackMs, to: (Number.isNaN(to) ? now.getTime() : to) + slackMs };
}

/** Oldest first. */
export function eventsWithin(events: readonly CoreV1Event[], { from, to }: TimeWindow): readonly CoreV1Event[] {
  return events.filter((event) => timeOf(event) >= from && timeOf(event) <= to).toSorted((a, b) => timeOf(a) - timeOf(b) || (a.metadata.uid ?? '').localeCompare(b.metadata.uid ?? ''));
}

function timeOf({ lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  return new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0).getTime();
}

export interface CutLog {
  readonly text: string;
  /** What is missing, for people; empty: nothing. */
  readonly note: string;
}

/** The lines of a window out of a log whose lines begin with their time, at most the last `maxBytes` of them. */
export function cutLog(log: string, { from, to }: TimeWindow, maxBytes: number): CutLog {
  const lines = log.split('\n').filter((line) => {
    const time = Date.parse(line.slice(0, line.indexOf(' ')));
    return time >= from && time <= to;
  });
  let size = 0;
  const first = lines.findLastIndex((line) => (size += Buffer.byteLength(line) + 1) > maxBytes) + 1;
  if (first === 0) return { text: lines.map((line) => `${line}\n`).join(''), note: '' };
  const note = `the first ${first} lines of this time are left out, to keep ${Math.round(maxBytes / 1024)} KiB`;
  return { text: [`[kubesuite: ${note}]`, ...lines.slice(first)].map((line) => `${line}\n`).join(''), note };
}
