import type { ResolvedResources } from './resolved.ts';

/**
 * What the collector reserves and may use beside its suite, whose quota it shares. Everything is piped:
 * tar, gzip (256 KiB at its window of 32 KiB) and base64 stay far below 64Mi.
 */
export const collectorResources = {
  requests: { cpu: '10m', memory: '32Mi' },
  limits: { memory: '64Mi' },
} as const;

/** Beside a suite with a limit of CPU: a quota that asks for one asks it of every container. Enough to pack 200 MiB before the pod's grace is over. */
export const collectorCpuLimit = '500m';

/** What the collector beside a suite of these resources requests and may use. */
export function collectorBeside({ limits }: ResolvedResources): ResolvedResources {
  const { requests, limits: own } = collectorResources;
  return { requests, limits: { ...(limits['cpu'] !== undefined && { cpu: collectorCpuLimit }), ...own } };
}
