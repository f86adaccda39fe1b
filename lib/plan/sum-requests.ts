import { parseQuantity } from '../config/schema/quantity.ts';
import type { PlanSuite, PlanTotals } from './plan.ts';

/** Billionths in the unit that a sum is written in, which rounds up. */
const units = { cpu: [1_000_000n, 'm'], memory: [1024n ** 2n * 1_000_000_000n, 'Mi'] } as const;

/** What all pods of the suites request together. */
export function sumRequests(suites: readonly PlanSuite[]): PlanTotals['requests'] {
  const sum = (resource: keyof typeof units): string => {
    const amount = suites.reduce((total, { jobs, settings, collector }) => {
      const pod = [settings.resources, collector].reduce((all, resources) => all + (parseQuantity(resources?.requests[resource] ?? '0') ?? 0n), 0n);
      return total + BigInt(jobs.length) * pod;
    }, 0n);
    const [unit, suffix] = units[resource];
    return `${(amount + unit - 1n) / unit}${suffix}`;
  };
  return { cpu: sum('cpu'), memory: sum('memory') };
}
