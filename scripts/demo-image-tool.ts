import { x } from 'tinyexec';
import type { LocalProvider } from '../lib/cli/local-context.ts';
import { buildah, ensurePackages } from '../test/cluster/index.ts';

/** What the demo needs of a tool that builds images. */
export interface ImageTool {
  readonly name: 'buildah' | 'docker';
  has(reference: string): Promise<boolean>;
  /** Builds the folder's `Containerfile`. */
  build(folder: string, references: readonly string[]): Promise<void>;
  /** Writes a docker-archive, which every local cluster can load. */
  save(reference: string, file: string): Promise<void>;
}

export const buildahTool: ImageTool = {
  name: 'buildah',
  async has(reference) {
    return buildah(['images', '--quiet', reference]).then(
      () => true,
      () => false,
    );
  },
  async build(folder, references) {
    await buildah(['build', '--quiet', ...references.flatMap((reference) => ['--tag', reference]), folder]);
    await removeOlder(references);
  },
  async save(reference, file) {
    await buildah(['push', '--quiet', reference, `docker-archive:${file}:${reference}`]);
  },
};

/** Buildah's storage keeps a full copy of 150 MB of every image, so that only the newest build stays. */
async function removeOlder(references: readonly string[]): Promise<void> {
  const repository = references[0]?.replace(/:[^:]*$/, '') ?? '';
  const listed = await buildah(['images', '--format', '{{.Name}}:{{.Tag}}', '--filter', `reference=${repository}`]);
  const older = listed.split('\n').filter((line) => line.startsWith(`${repository}:`) && !references.includes(line));
  if (older.length > 0) await buildah(['rmi', ...older]);
}

export const dockerTool: ImageTool = {
  name: 'docker',
  async has(reference) {
    const { exitCode } = await x('docker', ['image', 'inspect', reference]);
    return exitCode === 0;
  },
  async build(folder, references) {
    const tags = references.flatMap((reference) => ['--tag', reference]);
    await run('docker', ['build', '--quiet', '--file', `${folder}/Containerfile`, ...tags, folder]);
  },
  async save(reference, file) {
    await run('docker', ['save', '--output', file, reference]);
  },
};

/** Docker where it is the cluster's own image store or where buildah cannot run, else buildah as root. */
export async function chooseImageTool(provider: LocalProvider | undefined): Promise<ImageTool> {
  const buildahWorks = process.platform === 'linux' && process.getuid?.() === 0;
  if (provider === 'docker-desktop' || !buildahWorks) {
    await run('docker', ['version']);
    return dockerTool;
  }
  await ensurePackages(['buildah', 'mmdebstrap', 'debian-archive-keyring']);
  return buildahTool;
}

/** Runs a program that has to succeed; what it wrote to stderr becomes the error. */
export async function run(command: string, args: readonly string[], cwd?: string, env?: NodeJS.ProcessEnv): Promise<void> {
  const { exitCode, stderr } = await x(command, args, { nodeOptions: { cwd, env } });
  if (exitCode !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with exit code ${exitCode}:\n${stderr.trim()}`);
  }
}
