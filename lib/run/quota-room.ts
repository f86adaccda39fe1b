import { parseQuantity } from '../config/schema/quantity.ts';
import type { PodDemand, QuotaScope, QuotaSnapshot } from './observed.ts';

/** The first thing of a quota that does not suffice for a pod. Amounts in billionths. */
export interface Shortage {
  readonly quota: string;
  /** As the quota names it, `pods` or `requests.cpu`. */
  readonly resource: string;
  readonly needed: bigint;
  readonly free: bigint;
  readonly hard: bigint;
}

/** Suites of the run that count in quotas, beside what the cluster says is used. */
export interface Holders {
  /** All that were started and have no verdict. */
  readonly started: readonly PodDemand[];
  /** Those of them whose pod is not there yet: no quota has counted it. */
  readonly uncounted: readonly PodDemand[];
}

export function countsIn(quota: QuotaSnapshot, demand: PodDemand): boolean {
  return quota.scopes.every((scope) => isInScope(scope, demand));
}

/** What a pod lacks in a quota that counts it. A pod larger than the whole quota lacks nothing: Kubernetes itself says that it never fits. */
export function findShortage(quota: QuotaSnapshot, demand: PodDemand, { started, uncounted }: Holders): Shortage | undefined {
  for (const [resource, limit] of Object.entries(quota.hard)) {
    const needed = amountOf(demand, resource);
    const hard = parseQuantity(limit) ?? 0n;
    if (needed === 0n || needed > hard) continue;
    const sum = (demands: readonly PodDemand[]): bigint => demands.filter((other) => countsIn(quota, other)).reduce((total, other) => total + amountOf(other, resource), 0n);
    // The quota may have been read before a pod was made that has been seen already.
    const counted = (parseQuantity(quota.used[resource] ?? '0') ?? 0n) + sum(uncounted);
    const held = sum(started);
    const free = hard - (counted > held ? counted : held);
    if (needed > free) return { quota: quota.name, resource, needed, free: free < 0n ? 0n : free, hard };
  }
  return undefined;
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
