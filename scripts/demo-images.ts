import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../lib/config/load.ts';
import type { ResolvedImage } from '../lib/config/resolved.ts';
import { baseRecipeHash, ensureBaseImage } from './demo-base-image.ts';
import { type ImageTool, run } from './demo-image-tool.ts';
import { note, step } from './demo-steps.ts';

export interface DemoImage {
  readonly reference: string;
  /** Whether it was built just now. */
  readonly fresh: boolean;
}

export interface DemoImages {
  readonly app: DemoImage;
  readonly tests: DemoImage;
}

/** Builds the images of the demo application and of its tests; what is there already stays. */
export async function buildDemoImages(tool: ImageTool): Promise<DemoImages> {
  const { images } = await loadConfig();
  await ensureBaseImage(tool);
  return {
    app: await buildImage(tool, find(images, 'app'), async () => {}),
    tests: await buildImage(tool, find(images, 'tests'), compileGoTests),
  };
}

function find(images: Readonly<Record<string, ResolvedImage>>, name: string): ResolvedImage {
  const image = images[name];
  if (image === undefined) throw new Error(`suites.config.ts has no image '${name}', which the demo needs.`);
  return image;
}

/** `prepare` may add to a copy of the context what is not committed. */
async function buildImage(
  tool: ImageTool,
  { name, registry, repository, tag, context }: ResolvedImage,
  prepare: (folder: string) => Promise<void>,
): Promise<DemoImage> {
  if (context === undefined) throw new Error(`The image '${name}' of the demo has no build context.`);
  const reference = `${registry}/${repository}:${tag}`;
  // The tag says what went into the image, except for the base image.
  const onThisBase = `${reference}-${baseRecipeHash(tool)}`;
  if (await tool.has(onThisBase)) {
    note(`${reference} is built`);
    return { reference, fresh: false };
  }
  await step(`building ${reference} (about 10 s)`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kubesuite-context-'));
    try {
      await cp(context, folder, { recursive: true });
      await prepare(folder);
      await tool.build(folder, [reference, onThisBase]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  return { reference, fresh: true };
}

async function compileGoTests(folder: string): Promise<void> {
  const cwd = join(folder, 'pricing');
  const goarch = process.arch === 'x64' ? 'amd64' : process.arch;
  const env = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: goarch, GOFLAGS: '-trimpath' };
  await run('go', ['test', '-c', '-ldflags=-s -w', '-o', 'pricing.test', '.'], cwd, env);
  await run('go', ['build', '-ldflags=-s -w', '-o', 'test2json', 'cmd/test2json'], cwd, env);
}
