import type { z } from 'zod';
import { image } from './schema/image.ts';
import { name } from './schema/kubernetes-names.ts';
import { choice, flag, named, section, text } from './schema/primitives.ts';
import { production } from './schema/production.ts';
import { service } from './schema/service.ts';
import { suite } from './schema/suite.ts';
import { type } from './schema/type.ts';
import { startModes } from './start-modes.ts';
import { layouts } from './layout.ts';
import { triggers } from './triggers.ts';

/** The one source of the config's types, defaults, rules and reference. */
export const suitesConfigSchema = section({
  /** Name of the chart, and of the release unless another is given. */
  name: text(name).describe('Name of the chart, and of the release unless another is given.'),
  /** Images that suites run in. */
  images: named(name, image).describe('Images that suites run in.'),
  /** What suites may talk to. */
  services: named(name, service).default({}).describe('What suites may talk to.'),
  /** Job template, quota and priority of each type of test. */
  types: named(name, type).describe('Job template, quota and priority of each type of test.'),
  /** The suites, in the order of the report. */
  suites: named(name, suite).describe('The suites, in the order of the report.'),
  /** What starts the suites of an installed chart: the install, a sync of Argo CD, or somebody by hand, from suspended CronJobs. @default 'job' */
  trigger: choice(...triggers)
    .default('job')
    .describe('What starts the suites of an installed chart: the install, a sync of Argo CD, or somebody by hand, from suspended CronJobs.'),
  /** When the Jobs start: all at once, or held back until `kubesuite run` or `kubesuite wait` starts them by priority, `needs` and room in quotas. @default 'all' */
  start: choice(...startModes)
    .default('all')
    .describe('When the Jobs start: all at once, or held back until `kubesuite run` or `kubesuite wait` starts them by priority, `needs` and room in quotas.'),
  /** How the chart is written: `files`, a template for each suite, or `range`, one template with a line of data for each, of which Helm can keep more. By default: `files` for up to 500 suites. */
  layout: choice(...layouts)
    .optional()
    .describe('How the chart is written: `files`, a template for each suite, or `range`, one template with a line of data for each, of which Helm can keep more. By default: `files` for up to 500 suites.'),
  /** NetworkPolicies: nothing in, and out only to DNS and to what a suite uses. */
  networkPolicy: section({
    /** Whether each suite has one. @default true */
    enabled: flag().default(true).describe('Whether each suite has one.'),
  })
    .prefault({})
    .describe('NetworkPolicies: nothing in, and out only to DNS and to what a suite uses.'),
  /** PriorityClasses belong to the whole cluster: creating them needs the right to. */
  priorityClasses: section({
    /** Whether each type has one. @default false */
    create: flag().default(false).describe('Whether each type has one.'),
  })
    .prefault({})
    .describe('PriorityClasses belong to the whole cluster: creating them needs the right to.'),
  /** What PRODUCTION_MODE=true switches, and nothing else. */
  production: production.prefault({}).describe('What PRODUCTION_MODE=true switches, and nothing else.'),
});

/** What a user writes. */
export type SuitesConfigInput = z.input<typeof suitesConfigSchema>;
/** A valid config with its defaults, before types are inherited from. */
export type ParsedConfig = z.output<typeof suitesConfigSchema>;
export type ParsedSuite = ParsedConfig['suites'][string];
export type ParsedType = ParsedConfig['types'][string];
