import { ApiException } from '@kubernetes/client-node';
import { statusOf } from './cluster-error.ts';

const firstDelayMs = 250;
const longestDelayMs = 5000;
/** A server that asks for more is asked again all the same. */
const longestRequestedMs = 30_000;

/** Whether the same request can have another answer soon: there was none, or the API server or what is behind it was overwhelmed or away. */
export function isTransient(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status === 429 || status >= 500;
}

/** How long to wait after the `failures`th failure in a row: what the server asks for, or twice as long each time. */
export function retryDelayMs(error: unknown, failures: number): number {
  const asked = error instanceof ApiException ? Number((error.headers as Record<string, string | undefined>)['retry-after']) : Number.NaN;
  if (asked > 0) return Math.min(asked * 1000, longestRequestedMs);
  return Math.min(firstDelayMs * 2 ** (failures - 1), longestDelayMs);
}
