import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Values, ValuesSchema } from './arbitrary-values.ts';

/** One value that the schema must refuse, and where it is. */
export interface InvalidValues {
  readonly path: readonly string[];
  readonly values: Values;
}

/** A wrong value at any place of the schema, or an unknown one beside those that it knows. */
export function invalidValues(schema: ValuesSchema): Arbitrary<InvalidValues> {
  return fc.constantFrom(...placesOf(schema, [], schema.definitions ?? {})).chain(({ path, wrong }) => wrong.map((value) => ({ path, values: nest(path, value) })));
}

interface Place {
  readonly path: readonly string[];
  readonly wrong: Arbitrary<unknown>;
}

function placesOf(schema: ValuesSchema, path: readonly string[], definitions: NonNullable<ValuesSchema['definitions']>): readonly Place[] {
  const { $ref, allOf, properties, patternProperties = {}, type } = schema;
  if ($ref !== undefined) return placesOf(definitions[$ref.replace('#/definitions/', '')] ?? {}, path, definitions);
  if (allOf?.[0] !== undefined) return placesOf(allOf[0], path, definitions);
  if (path.at(-1) === 'global') return [];
  if (type !== 'object') return [{ path, wrong: wrongFor(schema) }];
  const unknown = [{ path: [...path, 'No such value!'], wrong: fc.constantFrom<unknown>('x', 1, true) }];
  const known = Object.entries(properties ?? {}).flatMap(([key, member]) => (member === false ? [] : placesOf(member, [...path, key], definitions)));
  const refused = Object.entries(patternProperties).flatMap(([pattern, member]) =>
    member === false ? [{ path: [...path, ...(pattern.includes('KUBESUITE') ? ['KUBESUITE_RUN'] : ['kubesuite.dev/run'])], wrong: fc.constant<unknown>('x') }] : [],
  );
  // Another type than a map: Helm itself merges maps, and drops what cannot be merged.
  return [...unknown, ...known, ...refused];
}

function wrongFor({ type, enum: values, pattern, minimum = 0, maximum, anyOf }: ValuesSchema): Arbitrary<unknown> {
  if (anyOf !== undefined) return fc.constantFrom<unknown>(true, 'much', -1);
  if (values !== undefined) return fc.string().filter((text) => !values.includes(text));
  switch (type) {
    case 'boolean':
      return fc.constantFrom<unknown>('true', 1, 'yes');
    case 'integer':
      return fc.constantFrom<unknown>('1', minimum - 1, minimum + 0.5, ...(maximum === undefined ? [] : [maximum + 1]));
    case 'array':
      return fc.constantFrom<unknown>('x', { a: 'b' }, [1], [true]);
    default:
      return pattern === undefined ? fc.constantFrom<unknown>(1, true) : fc.oneof(fc.constantFrom<unknown>(1, true), fc.string().filter((text) => !new RegExp(pattern).test(text)));
  }
}

function nest(path: readonly string[], value: unknown): Values {
  return path.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), value) as Values;
}
