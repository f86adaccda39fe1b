import type { z } from 'zod';
import { toJsonSchema } from './json-schema.ts';

export type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonSchema = { readonly [keyword: string]: JsonValue };

/** One value: values.yaml, its schema and the README all come from this. */
export interface ValueField {
  readonly kind: 'field';
  readonly description: string;
  readonly default: JsonValue;
  readonly schema: JsonSchema;
  /** values.yaml leaves it out while it is empty, so that a thousand entries stay readable. */
  readonly optional?: boolean;
}

export interface ValueGroup {
  readonly kind: 'group';
  readonly description: string;
  readonly members: Readonly<Record<string, ValueField | ValueGroup>>;
  /** Groups of the same shape share one definition in the schema and one explanation. */
  readonly shape?: string;
  /** Restriction of this group beyond its shape. */
  readonly restriction?: JsonSchema;
  /** The schema takes entries of any name, so that a thousand names do not make it long; templates must refuse unknown ones. */
  readonly anyName?: boolean;
}

export function field(description: string, value: JsonValue, schema: z.ZodType): ValueField {
  return { kind: 'field', description, default: value, schema: toJsonSchema(schema) };
}

export function optional(value: ValueField): ValueField {
  return { ...value, optional: true };
}

/** Whether values.yaml has it; templates must not count on a value that is left out. */
export function isWritten(value: ValueField | ValueGroup): boolean {
  return value.kind === 'group' || value.optional !== true || !isEmpty(value.default);
}

function isEmpty(value: JsonValue): boolean {
  return value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

export function group(description: string, members: ValueGroup['members'], shape?: string, restriction?: JsonSchema): ValueGroup {
  return { kind: 'group', description, members, ...(shape !== undefined && { shape }), ...(restriction !== undefined && { restriction }) };
}
