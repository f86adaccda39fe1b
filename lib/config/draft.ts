import type { Finding, Path } from './problem.ts';
import type { SuitesConfigInput } from './schema.ts';

type DeepPartial<T> = T extends readonly (infer Item)[]
  ? readonly (DeepPartial<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;

/** What remains of a config without all that its schema refuses. Every value in it is what it should be. */
export type Draft = DeepPartial<SuitesConfigInput>;
export type DraftSuite = NonNullable<NonNullable<Draft['suites']>[string]>;
export type DraftType = NonNullable<NonNullable<Draft['types']>[string]>;

/**
 * Lets rules between values be judged beside values that are wrong themselves, so that all problems
 * come at once.
 */
export function toDraft(data: unknown, findings: readonly Finding[]): Draft {
  if (!isObject(data) || findings.some(({ path }) => path.length === 0)) return {};
  const draft = structuredClone(data);
  draft['services'] ??= {};
  for (const { path, isKey } of findings) {
    if (isKey !== true) remove(draft, path);
  }
  return draft;
}

function remove(root: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  const last = path.at(-1);
  if (!isObject(parent) || last === undefined) return;
  // Other items of a list keep their places, and what a suite refers to keeps its name.
  if (Array.isArray(parent)) parent[Number(last)] = undefined;
  else if (path.length === 2 && isObject(parent[last])) parent[last] = {};
  else delete parent[last];
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The type that a suite names, if there is such a type. */
export function typeOf(suite: DraftSuite, draft: Draft): DraftType | undefined {
  const { types = {} } = draft;
  return suite.type !== undefined && Object.hasOwn(types, suite.type) ? types[suite.type] : undefined;
}

/** Entries whose value is an object, as it should be. */
export function entriesOf<Value>(record: Readonly<Record<string, Value | undefined>> | undefined): readonly (readonly [string, NonNullable<Value>])[] {
  return Object.entries(record ?? {}).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, value] as const]));
}
