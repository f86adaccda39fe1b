import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { step } from './demo-steps.ts';
import { type ImageTool, run } from './demo-image-tool.ts';

const repository = 'localhost/kubesuite-debian';

const packages = [
  'python3-celery',
  'python3-redis',
  'python3-pytest',
  'redis-server',
  'bats',
  'curl',
  'ca-certificates',
];

/** Debian's essential packages and the given ones, without documentation; no registry needed. */
export function mmdebstrapArgs(included: readonly string[]): readonly string[] {
  return [
    '--variant=essential',
    // Says that /usr is merged, so that the package which merges it does not bring Perl along.
    '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
    `--include=${['usr-is-merged', ...included].join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/locale/*',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
  ];
}

const containerfiles = {
  buildah: 'FROM scratch\nADD root.tar /\n',
  docker: [
    'FROM docker.io/library/debian:bookworm-slim',
    'RUN apt-get update \\',
    `  && apt-get install --yes --no-install-recommends ${packages.join(' ')} \\`,
    '  && rm -rf /var/lib/apt/lists/*',
    '',
  ].join('\n'),
};

/** Changes with everything that goes into the base image, except for Debian's updates. */
export function baseRecipeHash(tool: ImageTool): string {
  const recipe = JSON.stringify([tool.name, mmdebstrapArgs(packages), containerfiles[tool.name]]);
  return createHash('sha256').update(recipe).digest('hex').slice(0, 12);
}

/** Builds the image that the demo's images are made from, unless this recipe's image is there. */
export async function ensureBaseImage(tool: ImageTool): Promise<void> {
  const byRecipe = `${repository}:${baseRecipeHash(tool)}`;
  if (await tool.has(byRecipe)) return;
  await step('building the base image: Debian with Python, Celery, Redis, bats, pytest (once, about 40 s)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kubesuite-base-'));
    try {
      await writeFile(join(folder, 'Containerfile'), containerfiles[tool.name]);
      if (tool.name === 'buildah') await run('mmdebstrap', [...mmdebstrapArgs(packages), 'bookworm', join(folder, 'root.tar')]);
      await tool.build(folder, [`${repository}:bookworm`, byRecipe]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
