import { parseQuantity } from '../../config/schema/quantity.ts';
import { quotaNames } from '../../constructs/names.ts';
import type { PlannedSuite } from '../events.ts';

/** Types by the name of their ResourceQuota, so that a quota of the release is known from others in the namespace. */
export type QuotaOwners = ReadonlyMap<string, string>;

/** A quota that keeps a Job from having a pod. */
export interface QuotaWait {
  /** One sentence with the numbers. */
  readonly message: string;
  /** Whether it is the quota of a type of this release. */
  readonly own: boolean;
  /** Whether the pod is larger than the whole quota. */
  readonly hopeless: boolean;
}

interface Amount {
  readonly resource: string;
  readonly requested: string;
  readonly used: string;
  readonly limited: string;
}

export function quotaOwners(release: string, suites: readonly PlannedSuite[]): QuotaOwners {
  return new Map(suites.flatMap(({ contract: { type } }) => quotaNames(release, type).map((name) => [name, type])));
}

/**
 * What a refusal of the API server says about a quota: it is full, or it could not be written because many
 * pods came at the same time, or its pods are not counted yet. The Job controller tries again after each.
 */
export function findQuotaWait(refusal: string, owners: QuotaOwners): QuotaWait | undefined {
  const full = /exceeded quota: ([^,\s]+), requested: (\S*), used: (\S*), limited: (\S*)/.exec(refusal);
  const uncounted = /Operation cannot be fulfilled on resourcequotas "([^"]+)"|status unknown for quota: ([^,\s]+)/.exec(refusal);
  const quota = full?.[1] ?? uncounted?.[1] ?? uncounted?.[2];
  if (quota === undefined) return undefined;
  const type = owners.get(quota);
  const name = type === undefined ? `quota '${quota}'` : `quota of type ${type}`;
  if (full === null) return { message: `waiting for ${name}: its pods are being counted`, own: type !== undefined, hopeless: false };
  const amounts = readAmounts(full[2] ?? '', full[3] ?? '', full[4] ?? '');
  const hopeless = amounts.some(({ requested, limited }) => (parseQuantity(requested) ?? 0n) > (parseQuantity(limited) ?? 0n));
  return {
    message: hopeless
      ? `the pod never fits into the ${name}: ${amounts.map(({ resource, requested, limited }) => `asks for ${resource} ${requested} of ${limited}`).join(', ')}`
      : `waiting for ${name}: ${amounts.map(describe).join(', ')}`,
    own: type !== undefined,
    hopeless,
  };
}

function describe({ resource, requested, used, limited }: Amount): string {
  return `${resource} ${used}/${limited} used${resource === 'pods' ? '' : `, ${requested} needed`}`;
}

/** The API server names only what is exceeded, each list as `pods=1,requests.cpu=50m`. */
function readAmounts(requested: string, used: string, limited: string): readonly Amount[] {
  const [wanted, taken] = [requested, used].map((list) => new Map(pairsOf(list)));
  return pairsOf(limited).map(([resource, limit]) => ({ resource, requested: wanted?.get(resource) ?? '0', used: taken?.get(resource) ?? '0', limited: limit }));
}

function pairsOf(list: string): readonly (readonly [string, string])[] {
  return list.split(',').map((pair) => {
    const [resource = '', amount = ''] = pair.split('=');
    return [resource, amount] as const;
  });
}
