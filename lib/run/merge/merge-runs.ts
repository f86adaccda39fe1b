import { createHash } from 'node:crypto';
import type { PlannedSuite, RunEvent, RunInfo, RunStarted } from '../events.ts';
import type { AttemptReport } from '../report.ts';
import { moveAttempt, moveEvents, moveFiles } from './move.ts';
import { Places, readSource, type MergeSource, type Source } from './places.ts';

export interface MergedRuns {
  readonly events: readonly [RunStarted, ...RunEvent[]];
  /** Where the files of each source go, in the order of the sources; files that are not named are not part of the run. */
  readonly files: readonly ReadonlyMap<string, string>[];
}

/**
 * The events of several runs as those of one. A suite that is in two of them ran again: the later run decides, and the
 * attempts of the earlier one are kept before its own, so that a pass after a failure is flaky.
 */
export function mergeRuns(inputs: readonly MergeSource[]): MergedRuns {
  const sources = inputs.map(readSource).toSorted((a, b) => a.started.at.localeCompare(b.started.at));
  const places = new Places(sources);
  const suites = sources.flatMap((source) => planSuites(source, sources, places));
  const run = mergeInfo(sources);
  const at = sources[0]?.started.at ?? '';
  return {
    events: [
      { type: 'run-started', version: Math.max(...sources.map(({ started }) => started.version)), at, run, suites },
      ...inOrder(sources.map((source) => moveEvents(source, places))),
      { type: 'run-ended', at: sources.map(({ endedAt }) => endedAt).toSorted().at(-1) ?? at },
    ],
    files: sources.toSorted((a, b) => a.index - b.index).map((source) => moveFiles(source, places)),
  };
}

/** A suite of several runs is planned once, by the last of them. */
function planSuites(source: Source, sources: readonly Source[], places: Places): readonly PlannedSuite[] {
  return source.started.suites.flatMap((planned) => {
    const place = places.of(source, planned.key);
    if (place === undefined || place.isEarlier) return [];
    const earlier = [...sources.flatMap((other) => earlierAttempts(other, place.key, places)), ...(planned.earlier ?? []).map((attempt) => moveAttempt(attempt, planned.key, place))];
    return [{ ...planned, key: place.key, ...(earlier.length > 0 && { earlier }) }];
  });
}

function earlierAttempts(source: Source, key: string, places: Places): readonly AttemptReport[] {
  return source.report.suites.flatMap(({ key: oldKey, attempts }) => {
    const place = places.of(source, oldKey);
    return place?.key === key && place.isEarlier ? attempts.map((attempt) => moveAttempt(attempt, oldKey, place)) : [];
  });
}

/** One run alone stays what it was. */
function mergeInfo(sources: readonly Source[]): RunInfo {
  const [only, ...others] = sources;
  if (only !== undefined && only.label === undefined && others.length === 0) return only.started.run;
  const runs = sources.map(({ started }) => started.run);
  const of = (key: 'id' | 'release' | 'namespace' | 'context' | 'chart'): string => [...new Set(runs.map((run) => run[key]))].join(', ');
  return { id: `merged-${hash(sources)}`, release: of('release'), namespace: of('namespace'), context: of('context'), chart: of('chart'), merged: runs.map(({ id }) => id) };
}

/** The same runs give the same folder. */
function hash(sources: readonly Source[]): string {
  const identity = sources.map(({ label, started: { at, run } }) => [label, at, run.id, run.release, run.namespace]);
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 8);
}

/** By time, and the events of each run in their own order: their clocks may differ. */
function inOrder(lists: readonly (readonly RunEvent[])[]): readonly RunEvent[] {
  const rest = lists.map((list) => ({ list, next: 0 }));
  const merged: RunEvent[] = [];
  for (;;) {
    let first: (typeof rest)[number] | undefined;
    for (const candidate of rest) {
      const event = candidate.list[candidate.next];
      const best = first?.list[first.next];
      if (event !== undefined && (best === undefined || event.at < best.at)) first = candidate;
    }
    const event = first?.list[first.next];
    if (first === undefined || event === undefined) return merged;
    first.next += 1;
    merged.push(event);
  }
}
