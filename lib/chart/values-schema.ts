import type { JsonSchema, ValueField, ValueGroup } from './values.ts';

/** `values.schema.json`: draft-07, which every Helm since 3.0 knows. Unknown values are errors. */
export function valuesSchema(values: ValueGroup): string {
  const definitions = new Map<string, JsonSchema>();
  const root = toSchema(values, definitions);
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...root, definitions: Object.fromEntries(definitions) };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function toSchema(values: ValueField | ValueGroup, definitions: Map<string, JsonSchema>): JsonSchema {
  if (values.kind === 'field') return { description: values.description, ...values.schema };
  const { shape, restriction } = values;
  if (shape === undefined) return groupSchema(values, definitions);
  if (!definitions.has(shape)) definitions.set(shape, groupSchema(values, definitions));
  const reference = referenceTo(shape);
  return restriction === undefined ? reference : { allOf: [reference, restriction] };
}

function groupSchema({ description, members, anyName = false }: ValueGroup, definitions: Map<string, JsonSchema>): JsonSchema {
  const entries = Object.entries(members);
  const names = Object.keys(members);
  const shape = entries.flatMap(([, member]) => (member.kind === 'group' ? (member.shape ?? []) : []))[0];
  const properties = entries.map(([name, member]) => [name, toSchema(member, definitions)] as const);
  return {
    ...(description !== '' && { description }),
    type: 'object',
    additionalProperties: anyName && shape !== undefined ? referenceTo(shape) : false,
    // A value set to null vanishes before the schema sees it; templates count on every value, and take a suite without any for a disabled one.
    ...(names.length > 0 && !anyName && { required: names.filter((name) => name !== 'global' && !isOptional(members[name])) }),
    properties: Object.fromEntries(properties.filter(([name]) => !anyName || isRestricted(members[name]))),
  };
}

function referenceTo(shape: string): JsonSchema {
  return { $ref: `#/definitions/${shape}` };
}

function isRestricted(member: ValueField | ValueGroup | undefined): boolean {
  return member?.kind === 'group' && member.restriction !== undefined;
}

function isOptional(member: ValueField | ValueGroup | undefined): boolean {
  return member?.kind === 'field' && member.optional === true;
}
