import { createHash } from 'node:crypto';
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hashContext } from '../../../lib/config/image-hash.ts';
import { baseRecipeHash, ensureBaseImage, mmdebstrapArgs } from '../../../scripts/demo-base-image.ts';
import { buildahTool, run } from '../../../scripts/demo-image-tool.ts';
import { ensurePackages, loadImage } from '../../cluster/index.ts';
import { recipes, type Recipe } from './recipes.ts';

export interface FrameworkImage {
  readonly repository: string;
  readonly tag: string;
}

/** Builds the image of a framework with its project, unless it is there, and brings it into the node. */
export async function ensureFrameworkImage(name: string): Promise<FrameworkImage> {
  await ensurePackages(['buildah', 'mmdebstrap', 'debian-archive-keyring']);
  const recipe = recipes[name] ?? {};
  const project = resolve(import.meta.dirname, name);
  // Without the programs' paths: those of another checkout are the same programs.
  const content = JSON.stringify([await hashContext(project), recipe.packages, recipe.prepare, process.version, baseRecipeHash(buildahTool)]);
  const image = { repository: `localhost/kubesuite-framework-${name}`, tag: createHash('sha256').update(content).digest('hex').slice(0, 12) };
  const reference = `${image.repository}:${image.tag}`;
  if (!(await buildahTool.has(reference))) await build(project, recipe, reference);
  await loadImage(reference);
  return image;
}

async function build(project: string, { packages, hostPackages = [], prepare = [], programs = {} }: Recipe, reference: string): Promise<void> {
  await ensurePackages(hostPackages);
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-framework-'));
  try {
    const copy = join(folder, 'project');
    await cp(project, copy, { recursive: true });
    for (const [command = '', ...args] of prepare) await run(command, args, copy);
    for (const [target, program] of Object.entries(programs)) await copyFile(program, join(copy, target));
    await writeFile(join(folder, 'Containerfile'), `${await root(folder, packages)}COPY --chown=1000:1000 project /project\nWORKDIR /project\nUSER 1000:1000\n`);
    await buildahTool.build(folder, [reference]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The demo's base image, or a Debian of its own where a framework brings more packages. */
async function root(folder: string, packages: readonly string[] | undefined): Promise<string> {
  if (packages === undefined) {
    await ensureBaseImage(buildahTool);
    return 'FROM localhost/kubesuite-debian:bookworm\n';
  }
  // Java's packages fail without the folder of the manual pages that are left out.
  await run('mmdebstrap', [...mmdebstrapArgs(packages), '--essential-hook=mkdir -p "$1/usr/share/man/man1"', 'bookworm', join(folder, 'root.tar')]);
  return 'FROM scratch\nADD root.tar /\n';
}
