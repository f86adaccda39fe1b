import { z } from 'zod';
import { name, strict } from './schema/rules.ts';
import { imageSchema, productionSchema, serviceSchema, suiteSchema, typeSchema } from './schema/suite.ts';

/** The one source of the config's types, defaults and rules. */
export const suitesConfigSchema = strict({
  /** Name of the chart and default name of the release. */
  name,
  images: z.record(name, imageSchema),
  /** What suites may talk to. */
  services: z.record(name, serviceSchema).default({}),
  /** Job template, quota and priority for each type of test. */
  types: z.record(name, typeSchema),
  suites: z.record(name, suiteSchema),
  networkPolicy: strict({ enabled: z.boolean().default(true) }).default({ enabled: true }),
  /** PriorityClasses are cluster-scoped: creating them needs the right to. */
  priorityClasses: strict({ create: z.boolean().default(false) }).default({ create: false }),
  /** What `PRODUCTION_MODE=true` switches. */
  production: productionSchema.default({ registry: '', pullPolicy: 'IfNotPresent', pullSecrets: [] }),
});

export type SuitesConfigInput = z.input<typeof suitesConfigSchema>;
export type ParsedConfig = z.output<typeof suitesConfigSchema>;
export type ParsedSuite = ParsedConfig['suites'][string];
export type ParsedType = ParsedConfig['types'][string];
