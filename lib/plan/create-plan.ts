import { collectorBeside } from '../config/collector-resources.ts';
import { suiteKey } from '../config/contract.ts';
import { hasRights } from '../config/has-rights.ts';
import { imagesOf } from '../config/images-of.ts';
import type { ReleaseSize } from '../config/release-size.ts';
import type { ResolvedConfig, ResolvedImage, ResolvedProduction, ResolvedServedPort, ResolvedService, ResolvedSuite } from '../config/resolved.ts';
import { objectName } from '../constructs/names.ts';
import { inheritFromType } from './inherit-from-type.ts';
import type { Plan, PlanImage, PlanPlace, PlanServedPort, PlanSuite, PlanTarget, PlanType } from './plan.ts';
import { suiteStages } from './suite-stages.ts';
import { sumRequests } from './sum-requests.ts';

/** What of a config runs. */
export interface PlanOptions {
  /**
   * Names of suites that do not run.
   * @default []
   */
  readonly leftOut?: readonly string[];
  /**
   * What `estimateRelease` gives.
   * @default - the plan says nothing of it
   */
  readonly release?: ReleaseSize;
}

/**
 * What a config will run, without asking a cluster.
 * @param config - what `loadConfig` gives
 * @param options - what of it does not run
 */
export function createPlan(config: ResolvedConfig, { leftOut = [], release }: PlanOptions = {}): Plan {
  const chosen = config.suites.filter(({ name }) => !leftOut.includes(name));
  const stages = stagesOf(config, chosen);
  const stageOf = suiteStages(chosen, stages);
  const priorityOf = ({ settings }: PlanSuite): number => config.types[settings.type]?.priority ?? 0;
  const suites = chosen
    .map((suite) => planSuite(suite, stageOf.get(suite.name) ?? 1, config))
    .toSorted((a, b) => a.stage - b.stage || priorityOf(b) - priorityOf(a));
  const used = new Set(chosen.flatMap(imagesOf));
  return {
    version: 1,
    name: config.name,
    start: config.start,
    networkPolicy: config.networkPolicy.enabled,
    priorityClasses: config.priorityClasses.create,
    images: Object.values(config.images).filter(({ name }) => used.has(name)).map((image) => planImage(image, config.production)),
    types: planTypes(config, suites, stages),
    suites,
    leftOut: config.suites.map(({ name }) => name).filter((name) => leftOut.includes(name)),
    totals: { suites: suites.length, jobs: countJobs(suites), requests: sumRequests(suites) },
    ...(release !== undefined && { release }),
  };
}

/** Types of equal priority start together. */
function stagesOf({ types }: ResolvedConfig, suites: readonly ResolvedSuite[]): ReadonlyMap<string, number> {
  const used = new Set(suites.map(({ type }) => type));
  const chosen = Object.values(types).filter(({ name }) => used.has(name));
  const priorities = [...new Set(chosen.map(({ priority }) => priority))].toSorted((a, b) => b - a);
  return new Map(chosen.map(({ name, priority }) => [name, 1 + priorities.indexOf(priority)]));
}

function planTypes({ types }: ResolvedConfig, suites: readonly PlanSuite[], stages: ReadonlyMap<string, number>): readonly PlanType[] {
  return Object.values(types)
    .flatMap((type) => {
      const stage = stages.get(type.name);
      const own = suites.filter(({ settings }) => settings.type === type.name);
      return stage === undefined ? [] : [{ ...type, stage, suites: own.length, jobs: countJobs(own) }];
    })
    .toSorted((a, b) => a.stage - b.stage);
}

function planSuite(settings: ResolvedSuite, stage: number, config: ResolvedConfig): PlanSuite {
  const { name, shards, results } = settings;
  const shardOf = (index: number) => (shards === 1 ? {} : { shard: { index, total: shards } });
  return {
    name,
    stage,
    jobs: Array.from({ length: shards }, (_, index) => suiteKey({ suite: name, ...shardOf(index + 1) })),
    serviceAccount: objectName(config.name, name),
    token: hasRights(settings),
    ...(config.networkPolicy.enabled && { reaches: targetsOf(settings, config.services) }),
    ...(settings.serves.length > 0 && { serves: settings.serves.map((served) => toServed(served, config)) }),
    ...(results.from === 'files' && { collector: collectorBeside(settings.resources) }),
    settings: inheritFromType(settings, config.types[settings.type]),
  };
}

function targetsOf(suite: ResolvedSuite, services: ResolvedConfig['services']): readonly PlanTarget[] {
  const used = suite.uses.flatMap((name) => services[name] ?? []);
  return [{ kind: 'dns' }, ...used.map(toTarget), ...(hasRights(suite) ? [{ kind: 'kubernetes-api' } as const] : [])];
}

function toServed({ port, protocol, from }: ResolvedServedPort, { networkPolicy, services }: ResolvedConfig): PlanServedPort {
  if (!networkPolicy.enabled) return { port, protocol };
  return { port, protocol, callers: from.flatMap((name) => services[name] ?? []).map((service) => ({ name: service.name, ...placeOf(service) })) };
}

function toTarget(service: ResolvedService): PlanTarget {
  return { kind: 'service', name: service.name, protocol: service.protocol, port: service.targetPort, ...placeOf(service) };
}

function placeOf({ podLabels, namespace, cidrs }: ResolvedService): PlanPlace {
  if (cidrs !== undefined) return { cidrs };
  return { podLabels, ...(namespace !== undefined && { namespace }) };
}

function planImage(image: ResolvedImage, production: ResolvedProduction): PlanImage {
  const { name, registry, context } = image;
  return {
    name,
    reference: referenceOf(image, registry),
    productionReference: referenceOf(image, production.registry || registry),
    built: context !== undefined,
  };
}

function referenceOf({ repository, tag, digest }: ResolvedImage, registry: string): string {
  const path = registry === '' ? repository : `${registry}/${repository}`;
  if (digest !== undefined) return `${path}@${digest}`;
  return tag === '' ? path : `${path}:${tag}`;
}

function countJobs(suites: readonly PlanSuite[]): number {
  return suites.reduce((sum, { jobs }) => sum + jobs.length, 0);
}
