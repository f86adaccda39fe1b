import { KubesuiteError } from '../errors.ts';
import type { DiscoveredRelease } from '../run/discover-release.ts';

export interface Selection {
  readonly suites: readonly string[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
}

interface SelectableSuite {
  readonly name: string;
  readonly type: string;
  readonly tags: readonly string[];
  /** Names of suites that run with it. */
  readonly needs?: readonly string[];
}

/** What is selected from: a config, or what a release says of itself. */
export interface Selectable {
  readonly suites: readonly SelectableSuite[];
  readonly types: Readonly<Record<string, unknown>>;
}

/** Names of the suites to leave out. Each kind of filter narrows; nothing given selects all. What a selected suite needs is selected with it. */
export function findDeselected(config: Selectable, selection: Selection): readonly string[] {
  const problems = [
    ...unknown('suite', selection.suites, config.suites.map(({ name }) => name)),
    ...unknown('type', selection.types, Object.keys(config.types)),
    ...unknown('tag', selection.tags, config.suites.flatMap(({ tags }) => tags)),
  ];
  if (problems.length > 0) throw new KubesuiteError('USAGE', problems.join('\n'));
  const matches = (wanted: readonly string[], has: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((name) => has.includes(name));
  const selected = config.suites.filter(({ name, type, tags }) => matches(selection.suites, [name]) && matches(selection.types, [type]) && matches(selection.tags, tags));
  const chosen = withNeeds(selected.map(({ name }) => name), config.suites);
  const deselected = config.suites.map(({ name }) => name).filter((name) => !chosen.has(name));
  if (deselected.length === config.suites.length) {
    throw new KubesuiteError('USAGE', 'No suite matches all of the given names, types and tags.', {
      hint: `suites: ${deselected.join(', ')}`,
    });
  }
  return deselected;
}

/** Values may switch off a suite that somebody has asked for by name: a run without it would say nothing of it. */
export function refuseLeftOut(wanted: readonly string[], { suites }: Pick<DiscoveredRelease, 'suites'>): void {
  const left = wanted.filter((name) => !suites.some(({ contract }) => contract.suite === name));
  if (left.length === 0) return;
  throw new KubesuiteError('USAGE', `The values leave out what was asked for: ${left.join(', ')}.`, { hint: `set suites.<name>.enabled, or do not name ${left.length === 1 ? 'it' : 'them'}` });
}

function withNeeds(names: readonly string[], suites: readonly SelectableSuite[]): ReadonlySet<string> {
  const chosen = new Set(names);
  // A Set hands out what is added to it meanwhile.
  for (const name of chosen) for (const needed of suites.find((suite) => suite.name === name)?.needs ?? []) chosen.add(needed);
  return chosen;
}

function unknown(kind: string, wanted: readonly string[], known: readonly string[]): readonly string[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => `There is no ${kind} '${name}'; there is: ${[...new Set(known)].join(', ') || 'none'}.`);
}
