import { contains } from './schema/cidr.ts';

/** What a NetworkPolicy sees of a service: as much of it as may be wrong elsewhere. */
export interface Target {
  readonly port?: number | undefined;
  readonly targetPort?: number | undefined;
  readonly protocol?: string | undefined;
  readonly podLabels?: Readonly<Record<string, string | undefined>> | undefined;
  readonly namespace?: string | undefined;
  readonly cidrs?: readonly (string | undefined)[] | undefined;
}

/**
 * Whether a policy that lets one target through lets the other through as well. No labels tell which addresses
 * pods have: of pods and addresses it is not known.
 */
export function admits(one: Target, other: Target): boolean {
  return portOf(one) !== undefined && portOf(one) === portOf(other) && (one.protocol ?? 'TCP') === (other.protocol ?? 'TCP') && (admitsPods(one, other) || admitsAddress(one, other));
}

function portOf({ port, targetPort = port }: Target): number | undefined {
  return targetPort;
}

function admitsPods(one: Target, other: Target): boolean {
  const { podLabels } = other;
  const selected = Object.entries(one.podLabels ?? {});
  if (selected.length === 0 || podLabels === undefined || one.namespace !== other.namespace) return false;
  return selected.every(([key, value]) => Object.hasOwn(podLabels, key) && podLabels[key] === value);
}

function admitsAddress({ cidrs = [] }: Target, other: Target): boolean {
  return (other.cidrs ?? []).some((inner) => cidrs.some((outer) => inner !== undefined && outer !== undefined && contains(outer, inner)));
}
