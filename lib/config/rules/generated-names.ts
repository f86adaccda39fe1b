import { entriesOf, type Draft } from '../draft.ts';
import type { Finding } from '../problem.ts';

/** Objects of the chart that suites must not be named like: their names start with the release, too. */
const ofTheChart = [
  ['suites', 'the list of suites'],
  ['collector', 'the script of the collector'],
  ['network-guard', 'the script of the network guard'],
] as const;

/** Suite `a` with two shards makes the names `a-1` and `a-2`, which no other suite may have. */
export function checkGeneratedNames(draft: Draft): readonly Finding[] {
  const suites = entriesOf(draft.suites);
  if (draft.suites !== undefined && suites.length === 0) {
    return [{ path: ['suites'], rule: 'must hold at least one suite' }];
  }
  const owners = new Map<string, string>(ofTheChart);
  return suites.flatMap(([name, { shards = 1 }]) => {
    const names = shards === 1 ? [name] : [name, ...Array.from({ length: shards }, (_, index) => `${name}-${index + 1}`)];
    const taken = names.find((generated) => owners.has(generated));
    const owner = taken === undefined ? undefined : owners.get(taken);
    for (const generated of names) owners.set(generated, `${generated === name ? '' : 'a shard of '}suite '${name}'`);
    if (owner === undefined) return [];
    const rule = taken === name ? `must not have the name of ${owner}` : `must not make the name '${taken}', which is that of ${owner}`;
    return [{ path: ['suites', name], rule, hint: 'rename the suite', isKey: true }];
  });
}
