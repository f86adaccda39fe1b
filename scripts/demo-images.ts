import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashContext } from '../lib/config/image-hash.ts';
import { loadConfig } from '../lib/config/load.ts';
import { baseRecipeHash, ensureBaseImage } from './demo-base-image.ts';
import { type ImageTool, run } from './demo-image-tool.ts';
import { note, step } from './demo-steps.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

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
  await ensureBaseImage(tool);
  return {
    app: await buildImage(tool, await appBuild()),
    tests: await buildImage(tool, await testsBuild()),
  };
}

interface ImageBuild {
  readonly reference: string;
  /** Folder of the Containerfile; its content's hash is the tag. */
  readonly context: string;
  /** Adds to a copy of the context what is not committed. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** The application is not the suites' business, so that their config does not name its image. */
async function appBuild(): Promise<ImageBuild> {
  const context = join(root, 'demo/app');
  return { context, reference: `localhost/shop-app:${await hashContext(context)}` };
}

async function testsBuild(): Promise<ImageBuild> {
  const { config } = await loadConfig(undefined, root);
  const image = config.images['tests'];
  if (image?.context === undefined) throw new Error("suites.config.ts has no image 'tests' with a context, which the demo needs.");
  const { registry, repository, tag, context } = image;
  return { context, reference: `${registry}/${repository}:${tag}`, prepare: compileGoTests };
}

async function buildImage(tool: ImageTool, { reference, context, prepare }: ImageBuild): Promise<DemoImage> {
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
      await prepare?.(folder);
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
