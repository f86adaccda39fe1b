import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KubesuiteError } from '../errors.ts';
import { hashContext } from './image-hash.ts';
import { formatPath, show, type ConfigProblem } from './problem.ts';
import { resolveConfig } from './resolve.ts';
import type { ResolvedConfig } from './resolved.ts';
import type { ParsedConfig } from './schema.ts';
import { invalidConfig, parseConfig } from './validate.ts';

export interface LoadedConfig {
  readonly config: ResolvedConfig;
  /** Absolute path of the config file. */
  readonly path: string;
}

const fileNames = ['suites.config.ts', 'suites.config.mts', 'suites.config.js', 'suites.config.mjs'];

/**
 * Imports, validates and resolves a config.
 * @param path - file relative to `cwd`; default: the `suites.config.*` of `cwd`
 * @throws KubesuiteError `CONFIG_MISSING`, `CONFIG_LOAD` or `CONFIG_INVALID`, the latter with all problems at once
 */
export async function loadConfig(path?: string, cwd: string = process.cwd()): Promise<LoadedConfig> {
  const file = findFile(path, cwd);
  const input = await importConfig(file);
  const { config, problems } = parseConfig(input);
  const folder = dirname(file);
  const missing = findMissingContexts(input, folder);
  if (config === undefined || missing.length > 0) throw invalidConfig([...problems, ...missing].toSorted((a, b) => a.path.localeCompare(b.path)), file);
  return { config: resolveConfig(config, { builds: await hashBuilds(config, folder) }), path: file };
}

function findFile(path: string | undefined, cwd: string): string {
  const candidates = (path === undefined ? fileNames : [path]).map((name) => resolve(cwd, name));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) {
    throw new KubesuiteError('CONFIG_MISSING', `There is no ${path ?? fileNames[0] ?? ''} in ${cwd}.`, {
      hint: 'run `kubesuite init`, or name a file with --config',
    });
  }
  return found;
}

async function importConfig(file: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    throw new KubesuiteError('CONFIG_LOAD', `${file} cannot be imported: ${(error as Error).message}`, {
      cause: error,
      hint: 'Node runs TypeScript by stripping its types: enums, namespaces and parameter properties are not erasable',
    });
  }
  if (module.default === undefined) {
    throw new KubesuiteError('CONFIG_LOAD', `${file} has no default export.`, { hint: 'write `export default defineSuites({ … })`' });
  }
  return module.default;
}

function findMissingContexts(input: unknown, folder: string): readonly ConfigProblem[] {
  const images = (input as { images?: Record<string, { context?: unknown }> } | null)?.images ?? {};
  return Object.entries(images).flatMap(([name, image]) => {
    const context = image?.context;
    if (typeof context !== 'string' || isFolder(resolve(folder, context))) return [];
    return [{ path: formatPath(['images', name, 'context']), rule: 'must be a folder', received: show(context), hint: `it is relative to ${folder}` }];
  });
}

async function hashBuilds(config: ParsedConfig, folder: string): Promise<Record<string, { context: string; tag: string }>> {
  const builds = Object.entries(config.images).map(async ([name, image]) => {
    if (!('context' in image)) return [];
    const context = resolve(folder, image.context);
    return [[name, { context, tag: await hashContext(context) }] as const];
  });
  return Object.fromEntries((await Promise.all(builds)).flat());
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
