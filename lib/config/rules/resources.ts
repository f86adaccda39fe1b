import { collectorResources } from '../collector-resources.ts';
import { defaults } from '../defaults.ts';
import { entriesOf, typeOf, type Draft, type DraftSuite } from '../draft.ts';
import { expandResources, inheritResources, type ResourcesInput } from '../inherit-resources.ts';
import type { Finding, Path } from '../problem.ts';
import { resolveGuard } from '../resolve-guard.ts';
import { parseQuantity } from '../schema/quantity.ts';

/** Requests fit into limits, and a pod of each suite into its type's quota. */
export function checkResources(draft: Draft): readonly Finding[] {
  return [
    ...entriesOf(draft.types).flatMap(([name, { resources }]) => checkAmounts(['types', name, 'resources'], resources)),
    ...entriesOf(draft.suites).flatMap(([name, { resources }]) => checkAmounts(['suites', name, 'resources'], resources)),
    ...checkQuotas(draft),
  ];
}

function checkAmounts(path: Path, resources: ResourcesInput | undefined): readonly Finding[] {
  if (resources === undefined) return [];
  const { requests, limits } = expandResources(resources);
  const tooLarge = Object.entries(requests).flatMap(([resource, request]) => {
    const limit = limits[resource];
    const rule = isDivisible(resource) ? exceedsLimit(request, limit) : differsFromLimit(request, limit);
    const place = resources.requests?.[resource] === undefined ? [resource] : ['requests', resource];
    return rule === undefined ? [] : [{ path: [...path, ...place], rule }];
  });
  return [...checkTwice(path, resources), ...tooLarge];
}

/** Extended resources and huge pages are given out whole: what is reserved is what may be used. */
function isDivisible(resource: string): boolean {
  return !resource.includes('/') && !resource.startsWith('hugepages-');
}

function exceedsLimit(request: string, limit: string | undefined): string | undefined {
  return limit !== undefined && exceeds(request, limit) ? `must not exceed its limit of '${limit}'` : undefined;
}

function differsFromLimit(request: string, limit: string | undefined): string | undefined {
  if (limit !== undefined && parseQuantity(request) === parseQuantity(limit)) return undefined;
  return limit === undefined ? 'must stand in limits, which alone is enough' : `must equal its limit of '${limit}'`;
}

function checkTwice(path: Path, { cpu, memory, requests, limits }: ResourcesInput): readonly Finding[] {
  const twice = [
    ['cpu', cpu, requests?.['cpu'], 'requests'],
    ['memory', memory, requests?.['memory'], 'requests'],
    ['memory', memory, limits?.['memory'], 'limits'],
  ] as const;
  return twice.flatMap(([resource, short, full, part]) => {
    if (short === undefined || full === undefined) return [];
    return [{ path: [...path, part, resource], rule: `must not stand beside '${resource}', which sets it too`, hint: 'leave one of both out' }];
  });
}

/** A pod that is larger than its quota would wait for ever. */
function checkQuotas(draft: Draft): readonly Finding[] {
  return entriesOf(draft.types).flatMap(([typeName, { quota = {} }]) => {
    const suites = entriesOf(draft.suites).filter(([, { type }]) => type === typeName);
    return (['cpu', 'memory'] as const).flatMap((resource) => {
      const most = quota[resource];
      if (most === undefined) return [];
      const needs = suites.map(([name, suite]) => ({ name, ...needOf(suite, draft, resource) }));
      const tooLarge = needs.find(({ amount }) => amount > (parseQuantity(most) ?? 0n));
      if (tooLarge === undefined) return [];
      const rule = `must have room for one pod of suite '${tooLarge.name}', which requests ${tooLarge.text}`;
      return [{ path: ['types', typeName, 'quota', resource], rule, hint: `raise the quota, or lower the ${resource} of the suite` }];
    });
  });
}

/** What one pod requests of the quota: the suite, and beside it the collector of a results folder; or its guard, which runs before them. */
function needOf(suite: DraftSuite, draft: Draft, resource: 'cpu' | 'memory'): { readonly amount: bigint; readonly text: string } {
  const type = typeOf(suite, draft);
  const own = inheritResources([defaults.resources, type?.resources, suite.resources]).requests[resource] ?? '0';
  const tool = collectorResources.requests[resource];
  const [ownAmount, toolAmount] = [parseQuantity(own) ?? 0n, parseQuantity(tool) ?? 0n];
  const collects = typeof (suite.results ?? type?.results) !== 'string';
  const amount = collects ? ownAmount + toolAmount : ownAmount;
  if (resolveGuard(suite, type) !== undefined && toolAmount > amount) return { amount: toolAmount, text: `'${tool}' for its network guard` };
  return { amount, text: collects ? `'${own}' and '${tool}' for its collector` : `'${own}'` };
}

function exceeds(amount: string, most: string): boolean {
  return (parseQuantity(amount) ?? 0n) > (parseQuantity(most) ?? 0n);
}
