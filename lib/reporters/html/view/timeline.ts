import type { AttemptPhase, PhaseName } from '../../../run/phases.ts';
import type { AttemptReport, RunReport, SuiteReport, Verdict } from '../../../run/report.ts';

/** The time that the bars of all suites share, in milliseconds since 1970. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** A piece of a suite's bar, in percent of the time span. */
export interface Bar {
  readonly phase: PhaseName;
  readonly left: number;
  readonly width: number;
  /** Of the attempt that it belongs to. */
  readonly verdict: Verdict;
  /** Whether the end is known. */
  readonly open: boolean;
}

export function spanOf({ startedAt, endedAt, suites }: RunReport): TimeSpan {
  const phases = suites.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.phases));
  const times = [startedAt, endedAt, ...phases.flatMap((phase) => [phase.startedAt, phase.endedAt ?? phase.startedAt])].map((time) => Date.parse(time)).filter((time) => Number.isFinite(time));
  const start = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const end = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  return Number.isFinite(start) ? { start, end: Math.max(end, start + 1000) } : { start: 0, end: 1000 };
}

export function barsOf({ attempts, queuedAt, endedAt }: SuiteReport, span: TimeSpan): readonly Bar[] {
  const without: readonly AttemptPhase[] = queuedAt === undefined ? [] : [{ phase: 'queued', startedAt: queuedAt, ...(endedAt !== undefined && { endedAt }) }];
  if (attempts.length === 0) return without.flatMap((phase) => toBar(phase, 'error', span));
  return attempts.flatMap(({ phases, verdict }) => phases.flatMap((phase) => toBar(phase, verdict, span)));
}

function toBar({ phase, startedAt, endedAt }: AttemptPhase, verdict: Verdict, { start, end }: TimeSpan): readonly Bar[] {
  const from = Date.parse(startedAt);
  const to = endedAt === undefined ? end : Date.parse(endedAt);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [];
  const percent = (time: number): number => Math.min(100, Math.max(0, ((time - start) / (end - start)) * 100));
  return [{ phase, left: percent(from), width: Math.max(0, percent(to) - percent(from)), verdict, open: endedAt === undefined }];
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [1, 2, 5, 10, 15, 30].flatMap((count) => [count * second, count * minute, count * hour]).toSorted((a, b) => a - b);

/** Round offsets from the start, in milliseconds, not more than `most`. */
export function ticksOf({ start, end }: TimeSpan, most: number): readonly number[] {
  const length = end - start;
  const step = steps.find((candidate) => length / candidate <= most) ?? Math.ceil(length / most / (24 * hour)) * 24 * hour;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}

/** How long each phase took, of all the attempts together. */
export function sumPhases(attempts: readonly Pick<AttemptReport, 'phases'>[]): ReadonlyMap<PhaseName, number> {
  const sums = new Map<PhaseName, number>();
  for (const { phase, startedAt, endedAt } of attempts.flatMap(({ phases }) => phases)) {
    const ms = endedAt === undefined ? 0 : Date.parse(endedAt) - Date.parse(startedAt);
    if (ms > 0) sums.set(phase, (sums.get(phase) ?? 0) + ms);
  }
  return sums;
}
