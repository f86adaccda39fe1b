import type { ParsedConfig, ParsedSuite, ParsedType } from './schema.ts';
import { largestResultBytes } from './schema/suite.ts';
import { parseDuration } from './schema/grammar.ts';
import type { ResolvedConfig, ResolvedEnv, ResolvedImage, ResolvedResources, ResolvedService, ResolvedSuite, ResolvedType, ResolvedVolume, ResultsFormat, ResultsSpec } from './resolved.ts';

export interface ResolveOptions {
  /** Absolute folder of each image's build context, and the tag made of its content. */
  readonly builds: Readonly<Record<string, { readonly context: string; readonly tag: string }>>;
}

/** A user that no image needs to know: PodSecurity `restricted` refuses root. */
const defaultUser = 1000;
const defaultTimeoutSeconds = 600;
/** Long enough for a big image on a laptop, short enough to notice a typo. */
const defaultStartTimeoutSeconds = 120;
/** Small, so that many suites fit on a laptop node; a test run in one process fits in it. */
const defaultResources = { cpu: '50m', memory: '256Mi' };
const defaultResults = { path: '/results', format: 'junit' as const, maxBytes: largestResultBytes, files: undefined, collectorImage: undefined };
const defaultFiles: Readonly<Record<ResultsFormat, string>> = { junit: '**/*.xml', tap: '**/*.tap', gotest: '**/*.json' };

/** Applies inheritance (defaults < type < suite) and converts units. */
export function resolveConfig(config: ParsedConfig, { builds }: ResolveOptions): ResolvedConfig {
  return {
    name: config.name,
    images: mapValues(config.images, (image, name) => resolveImage(name, image, config.name, builds[name])),
    services: mapValues(config.services, (service, name): ResolvedService => {
      const { targetPort = service.port, podLabels = {}, ...rest } = service;
      return { name, ...rest, targetPort, podLabels };
    }),
    types: mapValues(config.types, (type, name) => resolveType(name, type)),
    suites: Object.entries(config.suites).map(([name, suite]) => resolveSuite(name, suite, config.types[suite.type])),
    networkPolicy: config.networkPolicy,
    priorityClasses: config.priorityClasses,
    production: config.production,
  };
}

function resolveImage(
  name: string,
  image: ParsedConfig['images'][string],
  project: string,
  build: ResolveOptions['builds'][string] | undefined,
): ResolvedImage {
  if ('context' in image) {
    return {
      name,
      registry: 'localhost',
      repository: `${project}-${name}`,
      tag: build?.tag ?? '',
      ...(build && { context: build.context }),
      pullPolicy: image.pullPolicy ?? 'Never',
    };
  }
  const { registry, repository } = splitRepository(image.repository);
  return { name, registry, repository, tag: image.tag ?? '', ...(image.digest && { digest: image.digest }), pullPolicy: image.pullPolicy ?? 'IfNotPresent' };
}

/** As container runtimes read it: a first part with a dot or a port, or `localhost`, is a registry. */
function splitRepository(text: string): { registry: string; repository: string } {
  const [first = '', ...rest] = text.split('/');
  const hasRegistry = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  if (hasRegistry) return { registry: first, repository: rest.join('/') };
  return { registry: 'docker.io', repository: rest.length === 0 ? `library/${text}` : text };
}

function resolveType(name: string, { priority, quota }: ParsedType): ResolvedType {
  if (quota === undefined) return { name, priority };
  const amounts = Object.entries(quota).flatMap(([key, amount]) => (amount === undefined ? [] : [[key, String(amount)]]));
  return { name, priority, quota: Object.fromEntries(amounts) as Record<string, string> };
}

function resolveSuite(name: string, suite: ParsedSuite, type: ParsedType | undefined): ResolvedSuite {
  const resources = [defaultResources, type?.resources ?? {}, suite.resources ?? {}].map(toResources);
  return {
    name,
    type: suite.type,
    image: suite.image,
    ...(suite.command && { command: suite.command }),
    ...(suite.args && { args: suite.args }),
    ...(suite.workingDir && { workingDir: suite.workingDir }),
    env: Object.entries({ ...type?.env, ...suite.env }).map(([key, value]) => resolveEnv(key, value)),
    envFrom: [...(type?.envFrom ?? []), ...(suite.envFrom ?? [])],
    resources: mergeResources(resources),
    timeoutSeconds: seconds(suite.timeout ?? type?.timeout, defaultTimeoutSeconds),
    startTimeoutSeconds: seconds(suite.startTimeout ?? type?.startTimeout, defaultStartTimeoutSeconds),
    retries: suite.retries ?? type?.retries ?? 0,
    shards: suite.shards ?? 1,
    results: resolveResults(suite.results ?? type?.results),
    uses: suite.uses ?? [],
    volumes: (suite.volumes ?? []).map(resolveVolume),
    podSecurity: suite.podSecurity ?? type?.podSecurity ?? 'restricted',
    runAsUser: suite.runAsUser ?? type?.runAsUser ?? defaultUser,
    rules: suite.serviceAccount?.rules ?? [],
    tags: [...new Set([...(type?.tags ?? []), ...(suite.tags ?? [])])],
    nodeSelector: { ...type?.nodeSelector, ...suite.nodeSelector },
    tolerations: [...(type?.tolerations ?? []), ...(suite.tolerations ?? [])],
    labels: { ...type?.labels, ...suite.labels },
    annotations: { ...type?.annotations, ...suite.annotations },
  };
}

type ParsedResources = NonNullable<ParsedSuite['resources']>;

function toResources({ cpu, memory, requests, limits }: ParsedResources): ResolvedResources {
  return {
    requests: { ...(cpu && { cpu }), ...(memory && { memory }), ...requests },
    limits: { ...(memory && { memory }), ...limits },
  };
}

/** A limit set alone lowers an inherited request that would exceed it, as Kubernetes defaults requests to limits. */
function mergeResources(layers: readonly ResolvedResources[]): ResolvedResources {
  return layers.reduce((merged, next) => {
    const freed = Object.fromEntries(Object.entries(merged.requests).filter(([key]) => next.limits[key] === undefined));
    const unlimited = Object.fromEntries(Object.entries(merged.limits).filter(([key]) => next.requests[key] === undefined));
    const requests = { ...freed, ...next.requests };
    const limits = { ...unlimited, ...next.limits };
    const implied = Object.fromEntries(Object.entries(next.limits).filter(([key]) => requests[key] === undefined));
    return { requests: { ...requests, ...implied }, limits };
  });
}

function resolveEnv(name: string, value: NonNullable<ParsedSuite['env']>[string]): ResolvedEnv {
  return typeof value === 'string' ? { name, value } : { name, ...value };
}

function resolveResults(results: ParsedSuite['results']): ResultsSpec {
  if (results === 'exit-code') return { from: 'exit-code' };
  if (typeof results === 'string') return { from: 'stdout', format: results.slice('stdout:'.length) as ResultsFormat };
  const { path, format, maxBytes, collectorImage, files } = results ?? defaultResults;
  return { from: 'files', path, format, files: files ?? defaultFiles[format], maxBytes, ...(collectorImage && { collectorImage }) };
}

function resolveVolume(volume: NonNullable<ParsedSuite['volumes']>[number]): ResolvedVolume {
  const { mountPath, readOnly, subPath } = volume;
  const mount = { mountPath, readOnly, ...(subPath && { subPath }) };
  if ('configMap' in volume) return { ...mount, source: { kind: 'configMap', name: volume.configMap, optional: volume.optional } };
  if ('secret' in volume) return { ...mount, source: { kind: 'secret', name: volume.secret, optional: volume.optional } };
  return { ...mount, source: { kind: 'emptyDir', ...volume.emptyDir } };
}

function seconds(duration: string | undefined, otherwise: number): number {
  return duration === undefined ? otherwise : (parseDuration(duration) ?? otherwise);
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
