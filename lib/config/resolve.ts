import { layoutFor } from './layout.ts';
import { hostOf } from './host-of.ts';
import { resolveSuite, resolveToleration } from './resolve-suite.ts';
import type { ResolvedConfig, ResolvedImage, ResolvedService, ResolvedType } from './resolved.ts';
import type { ParsedConfig, ParsedType } from './schema.ts';

/** What only the disk knows of an image that is built here. */
export interface ImageBuild {
  /** Absolute folder. */
  readonly context: string;
  /** Absolute path of the Containerfile, when the config names one. */
  readonly file?: string;
  /** Made of the content. */
  readonly tag: string;
}

export interface ResolveOptions {
  /** By name of the image. */
  readonly builds: Readonly<Record<string, ImageBuild>>;
}

/** Applies inheritance (defaults < type < suite) and converts units. */
export function resolveConfig(config: ParsedConfig, { builds }: ResolveOptions): ResolvedConfig {
  const { name, images, services, types, suites, trigger, start, layout = layoutFor(Object.keys(suites).length), networkPolicy, priorityClasses, production } = config;
  return {
    name,
    images: mapValues(images, (image, key) => resolveImage(key, image, name, builds[key])),
    services: mapValues(services, (service, key) => resolveService(key, service)),
    types: mapValues(types, (type, key) => resolveType(key, type)),
    suites: Object.entries(suites).map(([key, suite]) => resolveSuite(key, suite, types[suite.type])),
    trigger,
    start,
    layout,
    networkPolicy,
    priorityClasses,
    production,
  };
}

type Image = ParsedConfig['images'][string];

function resolveImage(name: string, image: Image, project: string, build: ImageBuild | undefined): ResolvedImage {
  if ('context' in image) {
    // A node has it once it was loaded there; no registry could be asked for it.
    const { pullPolicy = 'Never' } = image;
    return { name, registry: 'localhost', repository: `${project}-${name}`, tag: '', ...build, pullPolicy };
  }
  const { tag = '', digest, pullPolicy = 'IfNotPresent' } = image;
  return { name, ...splitRepository(image.repository), tag, ...(digest !== undefined && { digest }), pullPolicy };
}

/** As container runtimes read it: a first part with a dot or a port, or `localhost`, is a registry. */
function splitRepository(text: string): Pick<ResolvedImage, 'registry' | 'repository'> {
  const [first = '', ...rest] = text.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (hasRegistry) return { registry: first, repository: rest.join('/') };
  return { registry: 'docker.io', repository: rest.length === 0 ? `library/${text}` : text };
}

function resolveService(name: string, service: ParsedConfig['services'][string]): ResolvedService {
  const { port, targetPort = port, protocol, podLabels = {}, namespace, cidrs } = service;
  const host = hostOf(name, service);
  return { name, port, targetPort, protocol, ...(host !== undefined && { host }), podLabels, ...(namespace !== undefined && { namespace }), ...(cidrs !== undefined && { cidrs }) };
}

function resolveType(name: string, { priority, quota = {}, nodeSelector, tolerations, labels, annotations }: ParsedType): ResolvedType {
  const amounts = Object.entries(quota).flatMap(([key, amount]) => (amount === undefined ? [] : [[key, String(amount)] as const]));
  return {
    name,
    priority,
    ...(amounts.length > 0 && { quota: Object.fromEntries(amounts) }),
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(tolerations !== undefined && { tolerations: tolerations.map(resolveToleration) }),
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
