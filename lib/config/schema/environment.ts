import { z } from 'zod';
import { dataKey, envName, objectName } from './kubernetes-names.ts';
import { anyText, flag, list, named, section, text } from './primitives.ts';

const secret = text(objectName).describe('Name of a Secret.');
const configMap = text(objectName).describe('Name of a ConfigMap.');
const prefix = text(envName).optional().describe('Put before each key.');
const optional = flag().default(false).describe('Whether the suite starts without it.');

/** Value of one environment variable. */
const envValue = z.union(
  [
    anyText(),
    section({
      /** Name of a Secret. */
      secret,
      /** Key in its data. */
      key: text(dataKey).describe('Key in its data.'),
      /** Whether the suite starts without it. @default false */
      optional,
    }),
    section({
      /** Name of a ConfigMap. */
      configMap,
      /** Key in its data. */
      key: text(dataKey).describe('Key in its data.'),
      /** Whether the suite starts without it. @default false */
      optional,
    }),
  ],
  {
    error: ({ input }) => {
      const hint = typeof input === 'number' || typeof input === 'boolean' ? `\nwrite '${input}'` : '';
      return `must be a string, { secret, key } or { configMap, key }${hint}`;
    },
  },
);

export const env = named(envName, envValue);

export const envFrom = list(
  z.union(
    [
      section({
        /** Name of a Secret. */
        secret,
        /** Put before each key. */
        prefix,
        /** Whether the suite starts without it. @default false */
        optional,
      }),
      section({
        /** Name of a ConfigMap. */
        configMap,
        /** Put before each key. */
        prefix,
        /** Whether the suite starts without it. @default false */
        optional,
      }),
    ],
    { error: "must be { secret: 'name' } or { configMap: 'name' }" },
  ),
  "[{ secret: 'name' }]",
);
