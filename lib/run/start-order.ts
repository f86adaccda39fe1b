import type { StartHeld } from './events.ts';
import { formatQuantity } from './format-quantity.ts';
import type { QuotaOwners } from './diagnosis/quota-wait.ts';
import type { QuotaSnapshot } from './observed.ts';
import { QuotaRoom, type Shortage } from './quota-room.ts';
import type { SuiteState } from './run-state.ts';
import { judgeNeeds } from './suite-needs.ts';

export interface StartInput {
  /** In the order of the config. */
  readonly suites: readonly SuiteState[];
  readonly quotas: readonly QuotaSnapshot[];
  /** Keys of suites that were told to start and are not seen to yet. */
  readonly released: ReadonlySet<string>;
  /** Suites that may be under way at the same time. @default no limit */
  readonly maxWorkers?: number | undefined;
}

export interface StartOrder {
  /** In the order of their start. */
  readonly release: readonly SuiteState[];
  readonly hold: readonly Hold[];
  readonly skip: readonly Skip[];
}

export interface Hold extends Pick<StartHeld, 'waitsFor' | 'message'> {
  readonly suite: SuiteState;
}

export interface Skip {
  readonly suite: SuiteState;
  readonly message: string;
}

/**
 * Which suspended Jobs may start now: by priority, then in the order of the config, when the suites that
 * they need have passed and there is room in every quota that counts them. Whoever waits for room in a quota
 * goes before all others that want some of it, so that small suites do not starve a large one.
 */
export function orderStart({ suites, quotas, released, maxWorkers = Number.POSITIVE_INFINITY }: StartInput): StartOrder {
  const open = suites.filter(({ verdict }) => verdict === undefined);
  const isWaiting = (suite: SuiteState): boolean => isHeld(suite) && !released.has(suite.planned.key);
  const waiting = open.filter(isWaiting);
  if (waiting.length === 0) return { release: [], hold: [], skip: [] };
  const release: SuiteState[] = [];
  const hold: Hold[] = [];
  const skip: Skip[] = [];
  const started = open.filter((suite) => !isWaiting(suite));
  const bySuite = Map.groupBy(suites, ({ planned }) => planned.contract.suite);
  const rooms = quotas.map((quota) => new QuotaRoom(quota));
  for (const suite of started) take(suite, rooms, hasPod(suite));
  const lingering = suites.filter((suite) => suite.verdict?.verdict === 'error' && hasPod(suite));
  const claimed = new Set<string>();
  for (const suite of waiting.toSorted((a, b) => priorityOf(b) - priorityOf(a))) {
    const needs = judgeNeeds(suite, bySuite);
    if (isEnding(suite)) hold.push({ suite, waitsFor: 'pod', message: 'waiting for its pod to end, which was suspended' });
    else if (needs.state === 'missed') skip.push({ suite, message: needs.message });
    else if (needs.state === 'open') hold.push({ suite, waitsFor: 'needs', message: needs.message });
    else if (started.length + release.length >= maxWorkers) hold.push({ suite, waitsFor: 'workers', message: `waiting for one of ${maxWorkers} workers` });
    else {
      const message = findWait(suite, rooms, () => [...started, ...release, ...lingering], claimed);
      if (message === undefined) {
        release.push(suite);
        take(suite, rooms, false);
      } else hold.push({ suite, waitsFor: 'quota', message });
    }
  }
  const isStuck = started.length + release.length + skip.length === 0 && hold.every(({ waitsFor }) => waitsFor === 'needs');
  return isStuck ? { release, hold: [], skip: hold.map(({ suite }) => ({ suite, message: `Its needs lead back to itself: ${(suite.planned.contract.needs ?? []).join(', ')}.` })) } : { release, hold, skip };
}

/** Kueue starts the Jobs of its queues itself. */
function isHeld({ job }: SuiteState): boolean {
  return job?.suspended === true && job.queue === undefined;
}

/** Once the Job is started again, the exit code of a pod that still ends would count and fail it. */
function isEnding({ attempts }: SuiteState): boolean {
  const pod = attempts.at(-1)?.pod;
  return pod !== undefined && !pod.gone && (pod.deleted || (pod.phase !== 'Succeeded' && pod.phase !== 'Failed'));
}

function priorityOf({ planned }: SuiteState): number {
  return planned.contract.priority ?? 0;
}

/** Marks the quotas that the suite waits for as claimed. */
function findWait({ planned: { demand }, quotas }: SuiteState, rooms: readonly QuotaRoom[], listHolders: () => readonly SuiteState[], claimed: Set<string>): string | undefined {
  if (demand === undefined) return undefined;
  const counting = rooms.filter((room) => room.counts(demand));
  const before = counting.find(({ name }) => claimed.has(name));
  const short = before === undefined ? counting.flatMap((room) => room.findShortage(demand) ?? []).at(0) : undefined;
  if (before === undefined && short === undefined) return undefined;
  for (const { name } of counting) claimed.add(name);
  if (short === undefined) return `waiting for ${nameOf(before?.name ?? '', quotas)}: other suites come first`;
  const room = rooms.find(({ name }) => name === short.quota);
  const holders = listHolders().filter((other) => other.planned.demand !== undefined && room?.counts(other.planned.demand));
  return `waiting for ${nameOf(short.quota, quotas)}: ${describe(short, holders)}`;
}

function take({ planned: { demand } }: SuiteState, rooms: readonly QuotaRoom[], isCounted: boolean): void {
  if (demand !== undefined) for (const room of rooms) room.take(demand, isCounted);
}

/** Not between two attempts: the next one must find room. */
function hasPod({ attempts }: SuiteState): boolean {
  const pod = attempts.at(-1)?.pod;
  return pod !== undefined && !pod.deleted && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
}

function nameOf(quota: string, owners: QuotaOwners): string {
  const type = owners.get(quota);
  return type === undefined ? `quota '${quota}'` : `quota of type ${type}`;
}

const mostHolders = 3;

/** `needs 200m cpu, 100m of 2 free, held by worker, orders` */
function describe({ resource, needed, free, hard }: Shortage, holders: readonly SuiteState[]): string {
  const keys = holders.map(({ planned }) => planned.key);
  const more = keys.length > mostHolders ? ` and ${keys.length - mostHolders} more` : '';
  const by = keys.length === 0 ? 'others' : `${keys.slice(0, mostHolders).join(', ')}${more}`;
  return `needs ${formatQuantity(needed)} ${resource.replace(/^requests\.|^count\//, '').replace(/^pods$/, 'pod')}, ${formatQuantity(free)} of ${formatQuantity(hard)} free, held by ${by}`;
}
