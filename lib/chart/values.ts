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
}

export function field(description: string, value: JsonValue, schema: JsonSchema): ValueField {
  return { kind: 'field', description, default: value, schema };
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

const quantity = { type: ['string', 'number'], pattern: '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei|[eE][-+]?[0-9]+)?$' } as const;
const quantities = { type: 'object', additionalProperties: quantity } as const;

export const schemas = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  strings: { type: 'object', additionalProperties: { type: 'string' } },
  names: { type: 'array', items: { type: 'string', minLength: 1 } },
  cidrs: { type: 'array', items: { type: 'string', pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$' } },
  /** A LocalQueue; empty: none. */
  queue: { type: 'string', pattern: '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$' },
  pullPolicy: { type: 'string', enum: ['Always', 'IfNotPresent', 'Never'] },
  quantities,
  resources: { type: 'object', properties: { requests: quantities, limits: quantities }, additionalProperties: false },
  /**
   * Strings only: Helm would turn the number 1000000 into 1e+06. Not by `propertyNames`, for which
   * Helm's validator names a wrong place.
   */
  env: {
    type: 'object',
    patternProperties: { '^KUBESUITE_': false, '^[-._a-zA-Z][-._a-zA-Z0-9]*$': { type: 'string' } },
    additionalProperties: false,
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;
