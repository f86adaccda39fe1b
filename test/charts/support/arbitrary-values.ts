import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { isCidr } from '../../../lib/config/schema/cidr.ts';
import { toleration } from '../../../lib/config/schema/toleration.ts';

/** As much of draft-07 as a chart's `values.schema.json` uses. */
export interface ValuesSchema {
  readonly $ref?: string;
  readonly allOf?: readonly ValuesSchema[];
  readonly anyOf?: readonly ValuesSchema[];
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly not?: { readonly pattern?: string };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ValuesSchema;
  readonly properties?: Readonly<Record<string, ValuesSchema | false>>;
  readonly patternProperties?: Readonly<Record<string, ValuesSchema | false>>;
  readonly definitions?: Readonly<Record<string, ValuesSchema>>;
}

export type Values = { readonly [key: string]: unknown };

/** Values files that the schema takes, made of the schema itself: a new value is tested without a change here. */
export function arbitraryValues(schema: ValuesSchema): Arbitrary<Values> {
  return fromSchema(schema, '', schema.definitions ?? {}).map((values) => withoutContradiction(values as Values));
}

/** What templates refuse: an image without tag and digest, and beside a start that the CLI controls other triggers and queues. */
function withoutContradiction(given: Values): Values {
  const images = Object.entries((given['images'] ?? {}) as Readonly<Record<string, Values>>).map(([name, image]) => [name, image['tag'] === '' || image['digest'] === '' ? { ...image, tag: 'any' } : image]);
  const values: Values = { ...given, images: Object.fromEntries(images) as Values };
  if (values['start'] !== 'controlled') return values;
  const types = Object.entries((values['types'] ?? {}) as Readonly<Record<string, Values>>).map(([name, type]) => [name, { ...type, queueName: '' }]);
  return { ...values, trigger: 'job', queueName: '', types: Object.fromEntries(types) };
}

type Definitions = NonNullable<ValuesSchema['definitions']>;

function fromSchema(schema: ValuesSchema, name: string, definitions: Definitions): Arbitrary<unknown> {
  const meant = meanings[name];
  if (meant !== undefined) return meant;
  const { $ref, allOf, anyOf, type, enum: values, pattern, minimum = 0, maximum = 1000, items } = schema;
  if ($ref !== undefined) return fromSchema(definitions[$ref.replace('#/definitions/', '')] ?? fail($ref), name, definitions);
  // What stands beside the shape only forbids single names.
  if (allOf?.[0] !== undefined) return fromSchema(allOf[0], name, definitions);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((branch) => fromSchema(branch, name, definitions)));
  if (values !== undefined) return fc.constantFrom(...values);
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.integer({ min: minimum, max: maximum });
    case 'string':
      return pattern === undefined ? anyText : matching(pattern, schema.not?.pattern);
    case 'array':
      return fc.array(fromSchema(items ?? fail('items'), `${name}[]`, definitions), { maxLength: 3 });
    case 'object':
      return fromObject(schema, definitions);
    default:
      return fail(JSON.stringify(schema));
  }
}

function fromObject({ properties = {}, patternProperties = {} }: ValuesSchema, definitions: Definitions): Arbitrary<unknown> {
  const known = Object.entries(properties).flatMap(([key, schema]) => (schema === false ? [] : [[key, fromSchema(schema, key, definitions)] as const]));
  const refused = Object.entries(patternProperties).find(([, schema]) => schema === false)?.[0];
  const [free] = Object.entries(patternProperties).flatMap(([pattern, schema]) => (schema === false ? [] : [[pattern, schema] as const]));
  if (free === undefined) return fc.record(Object.fromEntries(known), { requiredKeys: [] });
  return fc.dictionary(matching(free[0], refused), fromSchema(free[1], '', definitions), { maxKeys: 3 });
}

function matching(pattern: string, refused: string | undefined): Arbitrary<string> {
  return fc.stringMatching(new RegExp(pattern), { size: 'xsmall' }).filter((text) => text.length <= 253 && (refused === undefined || !new RegExp(refused).test(text)));
}

/** All of Unicode: what breaks YAML is among it. */
const anyText = fc.string({ unit: 'binary', maxLength: 20 });

const byte = fc.integer({ min: 0, max: 255 });
const cidr = fc
  .oneof(
    fc.tuple(byte, byte, fc.constantFrom(16, 20, 32)).map(([a, b, prefix]) => `${a}.${b}.0.0/${prefix}`),
    fc.integer({ min: 0, max: 0xffff }).map((group) => `2001:db8:${group.toString(16)}::/48`),
  )
  .filter(isCidr);

/** Together they make limits that no request exceeds. */
const requests = fc.record({ cpu: fc.constantFrom('1m', '0.5', 1), memory: fc.constantFrom('1Mi', 1_048_576), 'ephemeral-storage': fc.constant('1M') }, { requiredKeys: [] });
const limits = fc.record({ cpu: fc.constantFrom('1', 2, '1500m'), memory: fc.constantFrom('1Gi', 134_217_728, '1e9') }, { requiredKeys: [] });

/** What a schema cannot say of a value. */
const meanings: Readonly<Record<string, Arbitrary<unknown>>> = {
  'tolerations[]': fc
    .record(
      { key: fc.constantFrom('a', 'example.com/gpu'), operator: fc.constantFrom('Exists', 'Equal'), value: fc.constantFrom('', 'x'), effect: fc.constantFrom('NoSchedule', 'NoExecute') },
      { requiredKeys: [] },
    )
    .filter((value) => toleration.safeParse(value).success),
  'extraEgressCidrs[]': cidr,
  'apiServerCidrs[]': cidr,
  requests,
  limits,
  quota: fc.record({ cpu: fc.constantFrom('4', 4, '500m'), memory: fc.constant('4Gi'), pods: fc.constantFrom('8', 8), 'limits.cpu': fc.constant(4), 'count/jobs.batch': fc.constant(9) }, { requiredKeys: [] }),
};

function fail(what: string): never {
  throw new TypeError(`no values can be made of ${what}`);
}
