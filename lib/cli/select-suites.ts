import { KubesuiteError } from '../errors.ts';

export interface Selection {
  readonly suites: readonly string[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
}

/** What is selected from: a config, or what a release says of itself. */
export interface Selectable {
  readonly suites: readonly { readonly name: string; readonly type: string; readonly tags: readonly string[] }[];
  readonly types: Readonly<Record<string, unknown>>;
}

/** Names of the suites to leave out. Each kind of filter narrows; nothing given selects all. */
export function findDeselected(config: Selectable, selection: Selection): readonly string[] {
  const problems = [
    ...unknown('suite', selection.suites, config.suites.map(({ name }) => name)),
    ...unknown('type', selection.types, Object.keys(config.types)),
    ...unknown('tag', selection.tags, config.suites.flatMap(({ tags }) => tags)),
  ];
  if (problems.length > 0) throw new KubesuiteError('USAGE', problems.join('\n'));
  const matches = (wanted: readonly string[], has: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((name) => has.includes(name));
  const deselected = config.suites
    .filter(({ name, type, tags }) => !(matches(selection.suites, [name]) && matches(selection.types, [type]) && matches(selection.tags, tags)))
    .map(({ name }) => name);
  if (deselected.length === config.suites.length) {
    throw new KubesuiteError('USAGE', 'No suite matches all of the given names, types and tags.', {
      hint: `suites: ${deselected.join(', ')}`,
    });
  }
  return deselected;
}

function unknown(kind: string, wanted: readonly string[], known: readonly string[]): readonly string[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => `There is no ${kind} '${name}'; there is: ${[...new Set(known)].join(', ') || 'none'}.`);
}
