import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { KubesuiteError } from '../errors.ts';
import { findMissingBuilds, readBuilds } from './image-builds.ts';
import { importConfig } from './import-config.ts';
import { toPlainData } from './plain-data.ts';
import { resolveConfig } from './resolve.ts';
import type { ResolvedConfig } from './resolved.ts';
import { invalidConfig, parseConfig } from './validate.ts';

/** A config that was found and is valid. */
export interface LoadedConfig {
  /** The config after validation, inheritance and unit conversion. */
  readonly config: ResolvedConfig;
  /** Absolute path of the config file. */
  readonly path: string;
}

const fileNames = ['suites.config.ts', 'suites.config.mts', 'suites.config.js', 'suites.config.mjs'];

/**
 * Imports, validates and resolves a config, and reads the build contexts of its images.
 * @param path - file relative to `cwd`; default: the `suites.config.ts` (or .mts, .js, .mjs) of `cwd`
 * @throws KubesuiteError `CONFIG_MISSING`, `CONFIG_LOAD`, or `CONFIG_INVALID` with all problems at once
 */
export async function loadConfig(path?: string, cwd: string = process.cwd()): Promise<LoadedConfig> {
  const file = findFile(path, cwd);
  const folder = dirname(file);
  const input = await importConfig(file);
  const { config, problems } = parseConfig(input, await findMissingBuilds(imagesOf(input), folder));
  if (config === undefined) throw invalidConfig(problems, file);
  return { config: resolveConfig(config, { builds: await readBuilds(config.images, folder) }), path: file };
}

/** It does not search parent folders: the config in charge would depend on where one stands. */
function findFile(path: string | undefined, cwd: string): string {
  const candidates = (path === undefined ? fileNames : [path]).map((name) => resolve(cwd, name));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new KubesuiteError('CONFIG_MISSING', path === undefined ? `There is no suites.config.ts in ${cwd}.` : `There is no ${resolve(cwd, path)}.`, {
    hint: path === undefined ? 'run `kubesuite init`, or name a file with --config' : 'name a file that exists with --config',
  });
}

function imagesOf(input: unknown): unknown {
  const { data } = toPlainData(input);
  return typeof data === 'object' && data !== null && 'images' in data ? data.images : undefined;
}
