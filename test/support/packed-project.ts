import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const repository = resolve(import.meta.dirname, '../..');
const notCopied = new Set(['.git', '.kubesuite', 'dist', 'node_modules'].map((name) => join(repository, name)));

const npmSettings = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_loglevel: 'error', CDK8S_CHECK_UPGRADE: 'false' };

/** An empty folder outside of the repository with the packed kubesuite, as a user has it. */
export interface PackedProject extends AsyncDisposable {
  readonly folder: string;
  readonly tarball: string;
  /** Runs a command in the folder and gives what it prints; it fails with all output when the command does. */
  run(command: string, args: readonly string[]): Promise<string>;
}

export async function packProject(): Promise<PackedProject> {
  const root = await mkdtemp(join(tmpdir(), 'kubesuite-package-'));
  const tarball = await pack(root);
  const folder = join(root, 'project');
  await mkdir(folder);
  return {
    folder,
    tarball,
    run: async (command, args) => runIn(folder, command, args),
    [Symbol.asyncDispose]: async () => rm(root, { recursive: true }),
  };
}

/** Of a copy: packing changes package.json for a moment, which other tests read. */
async function pack(root: string): Promise<string> {
  const copy = join(root, 'repository');
  await cp(repository, copy, { recursive: true, filter: (source) => !notCopied.has(source) });
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));
  // What a broken-off build may leave must not be published.
  await mkdir(join(copy, 'dist'));
  await writeFile(join(copy, 'dist/stale.js'), '');
  await runIn(copy, 'npm', ['pack', '--pack-destination', root]);
  const name = (await readdir(root)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack left no tarball in ${root}`);
  return join(root, name);
}

async function runIn(cwd: string, command: string, args: readonly string[]): Promise<string> {
  const path = `${join(repository, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd, timeout: 240_000, env: { ...process.env, ...npmSettings, PATH: path } });
  return `${stdout}${stderr}`;
}
