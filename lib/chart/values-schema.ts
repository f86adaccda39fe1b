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
  const { shape } = values;
  if (shape === undefined) return groupSchema(values, definitions);
  if (!definitions.has(shape)) definitions.set(shape, groupSchema(values, definitions));
  const reference = { $ref: `#/definitions/${shape}` };
  return values.restriction === undefined ? reference : { allOf: [reference, values.restriction] };
}

function groupSchema({ description, members }: ValueGroup, definitions: Map<string, JsonSchema>): JsonSchema {
  const names = Object.keys(members);
  const isEntryList = names.some((name) => members[name]?.kind === 'group' && members[name].shape !== undefined);
  return {
    ...(description !== '' && { description }),
    type: 'object',
    additionalProperties: false,
    // A value set to null vanishes before the schema sees it; templates count on every value.
    ...(names.length > 0 && !isEntryList && { required: names.filter((name) => name !== 'global' && !isOptional(members[name])) }),
    properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, toSchema(member, definitions)])),
  };
}

function isOptional(member: ValueField | ValueGroup | undefined): boolean {
  return member?.kind === 'field' && member.optional === true;
}
