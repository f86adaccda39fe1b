import type { SuiteContract } from '../config/contract.ts';
import type { ClusterEventSnapshot, ContainerSnapshot, PodSnapshot } from './observed.ts';
import type { AttemptState, SuiteState } from './run-state.ts';

/**
 * What a pod does with its time:
 * - `queued`: waits for a quota, a queue, a node, or the back-off before a retry
 * - `pulling`: an image comes to the node
 * - `guarding`: the network guard waits for the network to be as declared
 * - `starting`: all else before the suite: volumes, sandbox, containers
 * - `testing`: the suite container runs
 * - `collecting`: the results folder is packed and printed
 */
export type PhaseName = 'queued' | 'pulling' | 'guarding' | 'starting' | 'testing' | 'collecting';

/** A part of an attempt's time. All times come from the cluster, which knows whole seconds. */
export interface AttemptPhase {
  /** What the time went into. */
  readonly phase: PhaseName;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601; absent: it never ended. */
  readonly endedAt?: string;
}

/** The phases of one of the suite's attempts; those that took no time are left out. */
export function attemptPhases(suite: SuiteState, index: number): readonly AttemptPhase[] {
  const attempt = suite.attempts[index];
  if (attempt === undefined) return [];
  const { pod, results } = attempt;
  const queuedAt = suite.attempts[index - 1]?.pod.suite.finishedAt ?? (index === 0 ? suite.job?.createdAt : undefined) ?? pod.createdAt;
  const { startedAt, finishedAt }: Partial<ContainerSnapshot> = pod.suite;
  const scheduledAt = pod.scheduledAt ?? startedAt;
  // A container whose command does not exist has an end without a start.
  const preparedAt = startedAt ?? finishedAt ?? deadlineOf(pod, suite.planned.contract);
  return [
    ...phase('queued', queuedAt, scheduledAt),
    ...(scheduledAt === undefined ? [] : preparation(suite.events, attempt, scheduledAt, preparedAt)),
    ...(startedAt === undefined ? [] : phase('testing', startedAt, finishedAt)),
    ...(finishedAt === undefined || results?.collectedAt === undefined ? [] : phase('collecting', finishedAt, results.collectedAt)),
  ];
}

/** When the kubelet ended a pod whose suite had not started in time; the pod itself does not say. */
function deadlineOf({ reason, startedAt }: PodSnapshot, { timeoutSeconds }: SuiteContract): string | undefined {
  if (reason !== 'DeadlineExceeded' || startedAt === '') return undefined;
  return new Date(Date.parse(startedAt) + timeoutSeconds * 1000).toISOString();
}

/** From the node to the suite: pulls and the guard one after the other, as init containers are, and `starting` between them. */
function preparation(events: readonly ClusterEventSnapshot[], { pod }: AttemptState, from: string, to: string | undefined): readonly AttemptPhase[] {
  const { guard } = pod;
  const parts = [
    ...pulls(events.filter(({ object }) => object === `Pod/${pod.name}`)),
    ...(guard?.startedAt === undefined ? [] : phase('guarding', guard.startedAt, guard.finishedAt)),
  ].toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
  const phases: AttemptPhase[] = [];
  let now: string | undefined = from;
  for (const part of parts) {
    if (now === undefined) break;
    const begin = latest(now, part.startedAt);
    if (to !== undefined && begin >= to) break;
    phases.push(...phase('starting', now, begin));
    const end: string | undefined = earliest(part.endedAt, to);
    phases.push(...phase(part.phase, begin, end));
    now = end === undefined ? undefined : latest(begin, end);
  }
  const isOver = to === undefined && (pod.phase === 'Failed' || pod.phase === 'Succeeded');
  return now === undefined || isOver ? phases : [...phases, ...phase('starting', now, to)];
}

/** One image after the other; a pull that is tried again has one Event with two times. */
function pulls(events: readonly ClusterEventSnapshot[]): readonly AttemptPhase[] {
  const pulled = events.filter(({ reason, message }) => reason === 'Pulled' && message.startsWith('Successfully pulled'));
  return events
    .filter(({ reason }) => reason === 'Pulling')
    .flatMap(({ message, at, firstAt }) => {
      const image = /"([^"]+)"/.exec(message)?.[1] ?? '';
      const end = pulled.find((event) => event.at >= at && event.message.includes(`"${image}"`));
      return phase('pulling', firstAt, end?.at);
    });
}

function phase(name: PhaseName, startedAt: string, endedAt: string | undefined): readonly AttemptPhase[] {
  if (startedAt === '') return [];
  if (endedAt === undefined || endedAt === '') return [{ phase: name, startedAt }];
  return endedAt > startedAt ? [{ phase: name, startedAt, endedAt }] : [];
}

/** ISO texts of one form sort as their times. */
const latest = (a: string, b: string): string => (a > b ? a : b);

function earliest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
