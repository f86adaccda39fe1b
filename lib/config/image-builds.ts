import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashContext } from './image-hash.ts';
import type { Finding } from './problem.ts';
import type { ImageBuild } from './resolve.ts';
import type { ParsedConfig } from './schema.ts';

/** Build contexts and Containerfiles that are not there. `images` may be anything: it is not validated yet. */
export async function findMissingBuilds(images: unknown, folder: string): Promise<readonly Finding[]> {
  const findings = Object.entries(asRecord(images)).map(async ([name, image]) => {
    const { context, file } = asRecord(image);
    if (typeof context !== 'string' || context === '') return [];
    return findMissing(['images', name], resolve(folder, context), file);
  });
  return (await Promise.all(findings)).flat();
}

async function findMissing(path: readonly string[], absolute: string, file: unknown): Promise<readonly Finding[]> {
  const at = [...path, 'context'];
  if ((await kindOf(absolute)) !== 'folder') return [{ path: at, rule: 'must be a folder that exists', hint: `there is no folder ${absolute}` }];
  if (typeof file === 'string') {
    const named = resolve(absolute, file);
    if ((await kindOf(named)) === 'file') return [];
    return [{ path: [...path, 'file'], rule: 'must be a file that exists', hint: `there is no file ${named}` }];
  }
  const found = await Promise.all(['Containerfile', 'Dockerfile'].map((name) => kindOf(join(absolute, name))));
  if (found.includes('file')) return [];
  return [{ path: at, rule: 'must hold a Containerfile or Dockerfile', hint: "add one, or name it with 'file'" }];
}

/** Where each image is built, and the tag that its content makes. */
export async function readBuilds(images: ParsedConfig['images'], folder: string): Promise<Readonly<Record<string, ImageBuild>>> {
  const builds = Object.entries(images).map(async ([name, image]) => {
    if (!('context' in image)) return [];
    const context = resolve(folder, image.context);
    const file = image.file === undefined ? undefined : resolve(context, image.file);
    return [[name, { context, ...(file !== undefined && { file }), tag: await hashContext(context, { file }) }] as const];
  });
  return Object.fromEntries((await Promise.all(builds)).flat());
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory()) return 'folder';
  return stats?.isFile() ? 'file' : undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
