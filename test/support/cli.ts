import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from 'vitest';
import type { Output } from 'tinyexec';
import { ChildProcesses } from './child-processes.ts';

const cliPath = resolve(import.meta.dirname, '../../bin/kubesuite.js');

export interface EmptyFolder {
  readonly path: string;
  /** Runs the CLI in the folder, with no cluster in reach. */
  kubesuite(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Output>;
  /** Everything in the folder, sorted. */
  list(): Promise<readonly string[]>;
}

export const test = base.extend<{ folder: EmptyFolder }>({
  // vitest reads from the pattern which fixtures are wanted: none.
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const path = await mkdtemp(join(tmpdir(), 'kubesuite-cli-'));
    const children = new ChildProcesses();
    await use({
      path,
      kubesuite: async (args, env = {}) =>
        children.spawn(process.execPath, [cliPath, ...args], {
          timeout: 30_000,
          nodeOptions: { cwd: path, env: { ...process.env, KUBECONFIG: join(path, 'no-kubeconfig'), NO_COLOR: '1', CI: 'true', ...env } },
        }),
      list: async () => (await readdir(path, { recursive: true })).toSorted(),
    });
    await children.killAll();
    await rm(path, { recursive: true });
  },
});
