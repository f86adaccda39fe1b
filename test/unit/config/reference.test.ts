import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { suitesConfigSchema } from '../../../lib/config/schema.ts';

interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const schema = z.toJSONSchema(suitesConfigSchema, { io: 'input', target: 'draft-7' }) as JsonSchema;

/** Every key of the config, at its path. */
function fieldsOf({ properties = {}, additionalProperties, items, anyOf = [] }: JsonSchema, path: readonly string[] = []): readonly (readonly [string, JsonSchema])[] {
  return [
    ...Object.entries(properties).flatMap(([key, field]) => [[[...path, key].join('.'), field] as const, ...fieldsOf(field, [...path, key])]),
    ...(typeof additionalProperties === 'object' ? fieldsOf(additionalProperties, [...path, '*']) : []),
    ...(items === undefined ? [] : fieldsOf(items, path)),
    ...anyOf.flatMap((branch) => fieldsOf(branch, path)),
  ];
}

/** What editors show: the JSDoc of every field. */
function commentsInSource(): readonly string[] {
  const folder = resolve(import.meta.dirname, '../../../lib/config');
  const files = ['schema.ts', ...globSync('schema/*.ts', { cwd: folder, exclude: ['**/primitives.ts'] })];
  const sources = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  return sources.flatMap((source) => [...source.matchAll(/^ +\/\*\* (.+) \*\/$/gm)].map(([, comment = '']) => comment));
}

test('every field has a description', () => {
  expect(fieldsOf(schema).filter(([, { description }]) => description === undefined).map(([path]) => path)).toEqual([]);
});

test('editors and the JSON schema say the same of every field and its default', () => {
  const described = fieldsOf(schema).map(([, { description = '', default: value }]) => {
    // An empty object only stands for the defaults of its fields.
    const isSaid = value !== undefined && inspect(value) !== '{}';
    return isSaid ? `${description} @default ${inspect(value)}` : description;
  });
  expect(new Set(commentsInSource())).toEqual(new Set(described));
});
