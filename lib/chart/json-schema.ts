import { z } from 'zod';
import type { JsonSchema } from './values.ts';

const known = new WeakMap<z.ZodType, JsonSchema>();

/** Draft-07 of a schema, as Helm's validator reads it. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...made } = known.get(schema) ?? z.toJSONSchema(schema, { target: 'draft-7', io: 'input', override: ({ jsonSchema }) => nameKeys(jsonSchema) });
  known.set(schema, made as JsonSchema);
  return made as JsonSchema;
}

/** Not by `propertyNames`, for which Helm's validator names a wrong place. */
function nameKeys(schema: z.core.JSONSchema.BaseSchema): void {
  const { propertyNames, additionalProperties } = schema;
  if (typeof propertyNames !== 'object' || propertyNames.pattern === undefined || additionalProperties === undefined) return;
  const { pattern, not } = propertyNames;
  const refused = typeof not === 'object' ? not.pattern : undefined;
  delete schema.propertyNames;
  schema.patternProperties = { ...schema.patternProperties, ...(refused !== undefined && { [refused]: false as never }), [pattern]: additionalProperties as z.core.JSONSchema.BaseSchema };
  schema.additionalProperties = false;
}
