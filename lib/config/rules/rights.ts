import { findNearest } from '../did-you-mean.ts';
import { entriesOf, type Draft } from '../draft.ts';
import type { Finding, Path } from '../problem.ts';
import { apiResources, podSubresources } from '../schema/api-resources.ts';
import { isDnsSubdomain } from '../schema/kubernetes-names.ts';

/** Kubernetes takes a rule that matches nothing, such as `deployments` of the core group, without a word. */
export function checkRights(draft: Draft): readonly Finding[] {
  return entriesOf(draft.suites).flatMap(([name, { serviceAccount }]) =>
    (serviceAccount?.rules ?? []).flatMap((rule, index) => {
      const { apiGroups = [''], resources = [] } = rule ?? {};
      const at: Path = ['suites', name, 'serviceAccount', 'rules', index];
      const groups = apiGroups.flatMap((group, place) => {
        const problem = group === undefined ? undefined : judgeGroup(group);
        return problem === undefined ? [] : [{ path: [...at, 'apiGroups', place], ...problem }];
      });
      const kinds = resources.flatMap((resource, place) => {
        const problem = resource === undefined ? undefined : judge(resource, apiGroups);
        return problem === undefined ? [] : [{ path: [...at, 'resources', place], ...problem }];
      });
      return [...groups, ...kinds];
    }),
  );
}

/** A group of custom resources has the domain of who made them. */
function judgeGroup(group: string): Pick<Finding, 'rule' | 'hint'> | undefined {
  if (Object.hasOwn(apiResources, group)) return undefined;
  const [name = ''] = group.split('/');
  if (group === 'core' || group === 'v1') return { rule: 'must be the name of an API group', hint: "the core group is ''" };
  if (group !== name) return { rule: 'must be the name of an API group, without its version', hint: `write '${name}'` };
  if (isDnsSubdomain(group) && group.includes('.')) return undefined;
  const nearest = findNearest(group, Object.keys(apiResources).filter(Boolean));
  return { rule: "must be the name of an API group: one of Kubernetes' own, or a domain such as 'example.com'", hint: nearest === undefined ? undefined : `write '${nearest}'` };
}

function judge(resource: string, groups: readonly (string | undefined)[]): Pick<Finding, 'rule' | 'hint'> | undefined {
  const [kind = '', part] = resource.split('/');
  if (resource.includes('*')) return { rule: "must name a resource, and '*' is none", hint: 'name the resources one by one' };
  if (kind !== kind.toLowerCase()) return { rule: 'must be a resource in the plural and in lower case', hint: `write '${[kind.toLowerCase(), ...(part === undefined ? [] : [part])].join('/')}'` };
  if (kind === 'pods' && part !== undefined && groups.includes('') && !podSubresources.includes(part)) {
    const nearest = findNearest(part, podSubresources);
    return { rule: `must be a subresource of pods: ${podSubresources.join(', ')}`, hint: nearest === undefined ? undefined : `write 'pods/${nearest}'` };
  }
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
