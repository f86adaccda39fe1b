import type { ResolvedResources } from './resolved.ts';

/** `resources` of a type or suite, as far as it is known. */
export interface ResourcesInput {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly requests?: Readonly<Record<string, string | undefined>> | undefined;
  readonly limits?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The short form in full: memory is reserved and limited, CPU is reserved. */
export function expandResources({ cpu, memory, requests, limits }: ResourcesInput): ResolvedResources {
  return { requests: defined({ cpu, memory, ...requests }), limits: defined({ memory, ...limits }) };
}

/**
 * What a layer says of a resource replaces all that the layers before it say of that resource, so
 * that an inherited limit never meets a new request. A limit alone is the request too, as in Kubernetes.
 */
export function inheritResources(layers: readonly (ResourcesInput | undefined)[]): ResolvedResources {
  return layers.reduce<ResolvedResources>(
    (inherited, layer) => {
      const { requests, limits } = expandResources(layer ?? {});
      const isNew = (resource: string): boolean => Object.hasOwn(requests, resource) || Object.hasOwn(limits, resource);
      return {
        requests: { ...without(inherited.requests, isNew), ...requests, ...without(limits, (resource) => Object.hasOwn(requests, resource)) },
        limits: { ...without(inherited.limits, isNew), ...limits },
      };
    },
    { requests: {}, limits: {} },
  );
}

function without(amounts: Readonly<Record<string, string>>, isLeftOut: (resource: string) => boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(amounts).filter(([resource]) => !isLeftOut(resource)));
}

function defined(amounts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(amounts).flatMap(([resource, amount]) => (amount === undefined ? [] : [[resource, amount]])));
}
