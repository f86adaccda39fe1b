import type { V1Container, V1Job } from '@kubernetes/client-node';
import { parseQuantity } from '../config/schema/quantity.ts';
import type { PodDemand } from './observed.ts';
import { formatQuantity } from './format-quantity.ts';

type Kind = 'requests' | 'limits';
type Amounts = ReadonlyMap<string, bigint>;

/** What a pod of the Job asks of quotas: its suite and collector together, or its guard, which runs before them, if that asks for more. */
export function toPodDemand({ spec }: V1Job): PodDemand {
  const pod = spec?.template.spec;
  const containers = pod?.containers ?? [];
  const inits = pod?.initContainers ?? [];
  const amounts = (kind: Kind): Readonly<Record<string, string>> => {
    const together = sum([...containers, ...inits.filter(isSidecar)].map((container) => amountsOf(container, kind)));
    const before = inits.map((container, index) => sum([...inits.slice(0, index).filter(isSidecar), container].map((other) => amountsOf(other, kind))));
    return toTexts(most([together, ...before]));
  };
  return {
    requests: amounts('requests'),
    limits: amounts('limits'),
    ...(pod?.priorityClassName !== undefined && { priorityClass: pod.priorityClassName }),
  };
}

function isSidecar({ restartPolicy }: V1Container): boolean {
  return restartPolicy === 'Always';
}

/** Kubernetes takes a limit for the request that is missing. */
function amountsOf({ resources }: V1Container, kind: Kind): Amounts {
  const said = kind === 'requests' ? { ...resources?.limits, ...resources?.requests } : { ...resources?.limits };
  return new Map(Object.entries(said).map(([resource, amount]) => [resource, parseQuantity(amount) ?? 0n]));
}

function sum(all: readonly Amounts[]): Amounts {
  return merge(all, (a, b) => a + b);
}

function most(all: readonly Amounts[]): Amounts {
  return merge(all, (a, b) => (a > b ? a : b));
}

function merge(all: readonly Amounts[], join: (a: bigint, b: bigint) => bigint): Amounts {
  const merged = new Map<string, bigint>();
  for (const [resource, amount] of all.flatMap((amounts) => [...amounts])) merged.set(resource, join(merged.get(resource) ?? 0n, amount));
  return merged;
}

function toTexts(amounts: Amounts): Readonly<Record<string, string>> {
  return Object.fromEntries([...amounts].map(([resource, amount]) => [resource, formatQuantity(amount)]));
}
