import { findNearest } from '../did-you-mean.ts';
import { entriesOf, type Draft } from '../draft.ts';
import type { Finding } from '../problem.ts';
import { apiResources } from '../schema/api-resources.ts';

/** Kubernetes takes a rule that matches nothing, such as `deployments` of the core group, without a word. */
export function checkRights(draft: Draft): readonly Finding[] {
  return entriesOf(draft.suites).flatMap(([name, { serviceAccount }]) =>
    (serviceAccount?.rules ?? []).flatMap((rule, index) => {
      const { apiGroups = [''], resources = [] } = rule ?? {};
      return resources.flatMap((resource, place) => {
        const problem = resource === undefined ? undefined : judge(resource, apiGroups);
        return problem === undefined ? [] : [{ path: ['suites', name, 'serviceAccount', 'rules', index, 'resources', place], ...problem }];
      });
    }),
  );
}

function judge(resource: string, groups: readonly (string | undefined)[]): Pick<Finding, 'rule' | 'hint'> | undefined {
  const [kind = ''] = resource.split('/');
  if (resource.includes('*')) return { rule: "must name a resource, and '*' is none", hint: 'name the resources one by one' };
  const known = groups.map((group) => (group === undefined ? undefined : apiResources[group]));
  // Nobody here knows what a group of custom resources holds.
  if (known.some((list) => list === undefined || list.includes(kind))) return undefined;
  const owner = Object.entries(apiResources).find(([, list]) => list.includes(kind))?.[0];
  const where = groups.map((group) => (group === '' ? 'the core group' : `'${group ?? ''}'`)).join(' or ');
  if (owner !== undefined) return { rule: `must be a resource of ${where}`, hint: `write apiGroups: ['${owner}']` };
  const nearest = findNearest(kind.toLowerCase(), known.flatMap((list) => list ?? []));
  const hint = nearest === undefined ? 'name the API group of a custom resource in apiGroups' : `write '${[nearest, ...resource.split('/').slice(1)].join('/')}'`;
  return { rule: `must be a resource of ${where}, in the plural`, hint };
}
