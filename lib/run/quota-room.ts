import { parseQuantity } from '../config/schema/quantity.ts';
import type { PodDemand, QuotaScope, QuotaSnapshot } from './observed.ts';

interface Amount {
  readonly resource: string;
  readonly hard: bigint;
  /** By the cluster, and what it has not counted yet. */
  counted: bigint;
  /** By suites of the run. */
  held: bigint;
}

/** The first thing of a quota that does not suffice for a pod. Amounts in billionths. */
export interface Shortage {
  readonly quota: string;
  /** As the quota names it, `pods` or `requests.cpu`. */
  readonly resource: string;
  readonly needed: bigint;
  readonly free: bigint;
  readonly hard: bigint;
}

function countsIn(quota: QuotaSnapshot, demand: PodDemand): boolean {
  return quota.scopes.every((scope) => isInScope(scope, demand));
}

/** What a quota has left while suites are started one after another. */
export class QuotaRoom {
  readonly name: string;
  readonly #quota: QuotaSnapshot;
  readonly #amounts: readonly Amount[];

  constructor(quota: QuotaSnapshot) {
    this.name = quota.name;
    this.#quota = quota;
    this.#amounts = Object.entries(quota.hard).map(([resource, hard]) => ({ resource, hard: parseQuantity(hard) ?? 0n, counted: parseQuantity(quota.used[resource] ?? '0') ?? 0n, held: 0n }));
  }

  counts(demand: PodDemand): boolean {
    return countsIn(this.#quota, demand);
  }

  /**
   * Keeps the room of a suite that was started and has no verdict.
   * @param isCounted - whether its pod is there, so that the cluster has counted it
   */
  take(demand: PodDemand, isCounted: boolean): void {
    if (!this.counts(demand)) return;
    for (const amount of this.#amounts) {
      const taken = amountOf(demand, amount.resource);
      amount.held += taken;
      if (!isCounted) amount.counted += taken;
    }
  }

  /** What a pod lacks. One that is larger than the whole quota lacks nothing: Kubernetes itself says that it never fits. */
  findShortage(demand: PodDemand): Shortage | undefined {
    for (const { resource, hard, counted, held } of this.#amounts) {
      const needed = amountOf(demand, resource);
      if (needed === 0n || needed > hard) continue;
      // The quota may have been read before a pod was made that has been seen already.
      const free = hard - (counted > held ? counted : held);
      if (needed > free) return { quota: this.name, resource, needed, free: free < 0n ? 0n : free, hard };
    }
    return undefined;
  }
}

function amountOf({ requests, limits }: PodDemand, resource: string): bigint {
  if (resource === 'pods' || resource === 'count/pods') return 1_000_000_000n;
  const [, kind, name = resource] = /^(requests|limits)\.(.+)$/.exec(resource) ?? [];
  return parseQuantity((kind === 'limits' ? limits : requests)[name] ?? '0') ?? 0n;
}

/** Pods of suites have a deadline; of what only they could be, nothing else is asked. */
function isInScope({ name, operator, values }: QuotaScope, { requests, limits, priorityClass }: PodDemand): boolean {
  const asksForNothing = Object.keys(requests).length + Object.keys(limits).length === 0;
  switch (name) {
    case 'Terminating':
      return true;
    case 'BestEffort':
      return asksForNothing;
    case 'NotBestEffort':
      return !asksForNothing;
    case 'PriorityClass':
      return isInClass(operator, values, priorityClass);
    default:
      return false;
  }
}

function isInClass(operator: string, values: readonly string[], priorityClass: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return priorityClass !== undefined && values.includes(priorityClass);
    case 'NotIn':
      return priorityClass === undefined || !values.includes(priorityClass);
    case 'DoesNotExist':
      return priorityClass === undefined;
    default:
      return priorityClass !== undefined;
  }
}
