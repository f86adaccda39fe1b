import type { StartHeld } from './events.ts';
import { formatQuantity } from './format-quantity.ts';
import type { QuotaOwners } from './diagnosis/quota-wait.ts';
import type { QuotaSnapshot } from './observed.ts';
import { countsIn, findShortage, type Holders, type Shortage } from './quota-room.ts';
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
  const waiting = open.filter((suite) => isHeld(suite) && !released.has(suite.planned.key));
  if (waiting.length === 0) return { release: [], hold: [], skip: [] };
  const release: SuiteState[] = [];
  const hold: Hold[] = [];
  const skip: Skip[] = [];
  const started = open.filter((suite) => !waiting.includes(suite));
  const claimed = new Map<string, string>();
  for (const suite of waiting.toSorted((a, b) => priorityOf(b) - priorityOf(a))) {
    const needs = judgeNeeds(suite, suites);
    if (needs.state === 'missed') skip.push({ suite, message: needs.message });
    else if (needs.state === 'open') hold.push({ suite, waitsFor: 'needs', message: needs.message });
    else if (started.length + release.length >= maxWorkers) hold.push({ suite, waitsFor: 'workers', message: `waiting for one of ${maxWorkers} workers` });
    else {
      const message = findWait(suite, quotas, [...started, ...release], claimed);
      if (message === undefined) release.push(suite);
      else hold.push({ suite, waitsFor: 'quota', message });
    }
  }
  const isStuck = started.length + release.length + skip.length === 0 && hold.every(({ waitsFor }) => waitsFor === 'needs');
  return isStuck ? { release, hold: [], skip: hold.map(({ suite }) => ({ suite, message: `Its needs lead back to itself: ${(suite.planned.contract.needs ?? []).join(', ')}.` })) } : { release, hold, skip };
}

/** Kueue starts the Jobs of its queues itself. */
function isHeld({ job }: SuiteState): boolean {
  return job?.suspended === true && job.queue === undefined;
}

function priorityOf({ planned }: SuiteState): number {
  return planned.contract.priority ?? 0;
}

/** Marks the quotas that the suite waits for as claimed. */
function findWait(suite: SuiteState, quotas: readonly QuotaSnapshot[], started: readonly SuiteState[], claimed: Map<string, string>): string | undefined {
  const { demand, key } = suite.planned;
  if (demand === undefined) return undefined;
  const counting = quotas.filter((quota) => countsIn(quota, demand));
  const before = counting.find(({ name }) => claimed.has(name));
  const holders: Holders = { started: demandsOf(started), uncounted: demandsOf(started.filter(hasNoPod)) };
  const short = before === undefined ? counting.flatMap((quota) => findShortage(quota, demand, holders) ?? []).at(0) : undefined;
  if (before === undefined && short === undefined) return undefined;
  for (const { name } of counting) if (!claimed.has(name)) claimed.set(name, key);
  if (before !== undefined) return `waiting for ${nameOf(before.name, suite.quotas)}: other suites come first`;
  return short && `waiting for ${nameOf(short.quota, suite.quotas)}: ${describe(short, started.filter((other) => countsAlike(other, quotas, short.quota)))}`;
}

function demandsOf(suites: readonly SuiteState[]) {
  return suites.flatMap(({ planned }) => planned.demand ?? []);
}

/** Also between two attempts: the next one must find room. */
function hasNoPod({ attempts }: SuiteState): boolean {
  const pod = attempts.at(-1)?.pod;
  return pod === undefined || pod.deleted || pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

function countsAlike({ planned: { demand } }: SuiteState, quotas: readonly QuotaSnapshot[], name: string): boolean {
  const quota = quotas.find((candidate) => candidate.name === name);
  return quota !== undefined && demand !== undefined && countsIn(quota, demand);
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
