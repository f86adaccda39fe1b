import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, vi } from 'vitest';
import type { Output } from 'tinyexec';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { execute } from '../../lib/cli/main.ts';
import { ChildProcesses } from './child-processes.ts';
import { FakeScreen } from './fake-screen.ts';

const cliPath = resolve(import.meta.dirname, '../../bin/kubesuite.js');

export type CliOutput = Pick<Output, 'stdout' | 'stderr' | 'exitCode'>;

type RunCli = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<CliOutput>;

export interface EmptyFolder {
  readonly path: string;
  /** Runs a command line in the folder, in this process, with no cluster in reach. */
  readonly kubesuite: (args: readonly string[], env?: Readonly<Record<string, string>>, screen?: FakeScreen) => Promise<CliOutput>;
  /** The same in a process of its own, as users do. Ten times slower: for what a process adds. */
  readonly spawnKubesuite: RunCli;
  /** Everything in the folder, sorted. */
  list(): Promise<readonly string[]>;
}

export const test = base.extend<{ folder: EmptyFolder }>({
  // vitest reads from the pattern which fixtures are wanted: none.
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const path = await mkdtemp(join(tmpdir(), 'kubesuite-cli-'));
    const defaults = { KUBECONFIG: join(path, 'no-kubeconfig'), NO_COLOR: '1', CI: 'true' };
    const children = new ChildProcesses();
    await use({
      path,
      kubesuite: async (args, env = {}, screen = new FakeScreen()) => inThisProcess(args, path, { ...defaults, ...env }, screen),
      spawnKubesuite: async (args, env = {}) =>
        children.spawn(process.execPath, [cliPath, ...args], { timeout: 30_000, nodeOptions: { cwd: path, env: { ...process.env, ...defaults, ...env } } }),
      list: async () => (await readdir(path, { recursive: true })).toSorted(),
    });
    await children.killAll();
    await rm(path, { recursive: true });
  },
});

async function inThisProcess(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>, screen: FakeScreen): Promise<CliOutput> {
  let stderr = '';
  const addToStderr = (text: string): void => {
    stderr += text;
  };
  // The Kubernetes client reads KUBECONFIG from the process.
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const exitCode = await execute(args, { cwd, env: process.env, screen, stderr: addToStderr, clock: systemClock, signal: new AbortController().signal, announceRemains: () => {}, listenToStrays: () => () => {} });
    return { stdout: screen.text, stderr, exitCode };
  } finally {
    vi.unstubAllEnvs();
  }
}
