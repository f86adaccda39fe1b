import { defaults } from './defaults.ts';
import type { ResolvedGuard } from './resolved.ts';
import { toSeconds } from './schema/duration.ts';

interface NetworkInput {
  readonly guard?: boolean | undefined;
  readonly timeout?: string | undefined;
  readonly guardImage?: string | undefined;
}

/** What a suite and its type say about a guard: as much of it as may be wrong elsewhere. */
interface Guarded {
  readonly denies?: readonly unknown[] | undefined;
  readonly network?: NetworkInput | undefined;
}

/** A suite that denies something is guarded unless it says otherwise. */
export function resolveGuard({ denies = [], network }: Guarded, type: Pick<Guarded, 'network'> | undefined): ResolvedGuard | undefined {
  const { guard = denies.length > 0, timeout = defaults.guardTimeout, guardImage } = { ...type?.network, ...network };
  if (!guard) return undefined;
  return { timeoutSeconds: toSeconds(timeout), ...(guardImage !== undefined && { image: guardImage }) };
}
