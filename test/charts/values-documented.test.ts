import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderChart } from '../../lib/chart/render.ts';
import { variedConfig } from './support/fixture.ts';

interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly additionalProperties?: boolean;
  readonly properties?: Readonly<Record<string, Schema | false>>;
  readonly patternProperties?: Readonly<Record<string, Schema | false>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const files = renderChart(variedConfig);
const schema = JSON.parse(files.get('values.schema.json') ?? '') as Schema;

/** Every place of the schema; entries of a map, such as suites, stand for the definition that they share. */
function placesOf(place: Schema, path: string): readonly (readonly [path: string, place: Schema])[] {
  const { $ref, allOf = [], properties = {}, patternProperties = {}, items } = place;
  const shared = $ref ?? allOf[0]?.$ref;
  if (shared !== undefined) {
    const definition = schema.definitions?.[shared.replace('#/definitions/', '')];
    if (definition === undefined) throw new Error(`${path}: there is no ${shared}`);
    return placesOf(definition, path);
  }
  const members = [...Object.entries(properties).map(([key, member]) => [`${path}.${key}`, member] as const), ...Object.values(patternProperties).map((member) => [`${path}.*`, member] as const)];
  return [[path, place], ...members.flatMap(([key, member]) => (member === false ? [] : placesOf(member, key))), ...(items === undefined ? [] : placesOf(items, `${path}[]`))];
}

const places = placesOf(schema, '');

describe('values.schema.json', () => {
  it('is draft-07', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
  });

  it('describes every key', () => {
    expect(places.length).toBeGreaterThan(60);
    const keys = places.filter(([path]) => path !== '' && !path.endsWith('.*') && !path.endsWith('[]'));
    expect(keys.filter(([, { description = '' }]) => description === '').map(([path]) => path)).toEqual([]);
  });

  it('takes no unknown key anywhere but in global, which Helm puts there', () => {
    const open = places.filter(([, { type, additionalProperties }]) => type === 'object' && additionalProperties !== false);
    expect(open.map(([path]) => path)).toEqual(['.global']);
  });
});

it('values.yaml has a comment above every value or list of values, and the README a row for each', () => {
  const text = files.get('values.yaml') ?? '';
  const values = parse(text) as Readonly<Record<string, object>>;
  for (const key of Object.keys(values)) expect(text).toMatch(new RegExp(`^# .+\\n${key}:`, 'm'));
  const entries: Readonly<Record<string, string>> = { suites: 'suite', types: 'type', images: 'image' };
  const leaves = places
    // A row has the whole of what one field of the schema takes.
    .filter(([path, { properties }]) => path !== '' && (properties === undefined || path === '.global' || path.endsWith('.resources')) && !/\.(resources|env|nodeSelector|labels|annotations|quota|limits|tolerations|global)[.[]|\[\]/.test(path))
    .map(([path]) => path.slice(1).replace(/^(suites|types|images)\.[^.]+/, (_, map: string) => `${map}.<${entries[map]}>`));
  const rows = [...(files.get('README.md') ?? '').matchAll(/^\| `([^`]+)` \| .+ \| (.+) \|$/gm)];
  expect(rows.map(([, path = '']) => path).toSorted()).toEqual([...new Set(leaves)].toSorted());
  for (const [, path, meaning = ''] of rows) expect(meaning, path).toMatch(/\w{3}.*\.$/);
  for (const path of leaves.filter((leaf) => leaf.includes('<'))) expect(text, path).toMatch(new RegExp(`^#   ${path.split('.').at(-1)}: .+\\.$`, 'm'));
});
