import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from 'vitest';
import { x, type Output } from 'tinyexec';
import { ChildProcesses } from './child-processes.ts';

/** Set by the global setup of the e2e project. */
export function kubeconfig(): string {
  const path = process.env['KUBESUITE_TEST_KUBECONFIG'];
  if (path === undefined) throw new Error('KUBESUITE_TEST_KUBECONFIG is not set: run through vitest.');
  return path;
}

/** A worker runs one test after the other. */
const children = new ChildProcesses();
const cliPath = resolve(import.meta.dirname, '../../bin/kubesuite.js');

export interface Workspace {
  /** A namespace of its own that enforces PodSecurity `restricted`; removed at the end. */
  readonly namespace: string;
  /** An empty folder of its own. */
  readonly folder: string;
  /** Runs the CLI in the folder against the namespace. */
  kubesuite(command: string, ...args: string[]): ReturnType<typeof x>;
  kubectl(...args: string[]): Promise<string>;
  /** What the API server says of manifests, without taking them. */
  applyDryRun(manifests: string): Promise<Output>;
}

export const test = base.extend<{ workspace: Workspace }>({
  // vitest reads from the pattern which fixtures are wanted: none.
  // oxlint-disable-next-line no-empty-pattern
  workspace: async ({}, use) => {
    const namespace = `e2e-${randomBytes(4).toString('hex')}`;
    const folder = await mkdtemp(join(tmpdir(), 'kubesuite-e2e-'));
    await kubectl('create', 'namespace', namespace);
    await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
    await use({
      namespace,
      folder,
      kubesuite: (command, ...args) => spawnCli(folder, [command, ...args, '--namespace', namespace]),
      kubectl: async (...args) => kubectl('--namespace', namespace, ...args),
      applyDryRun: async (manifests) => {
        const file = join(folder, 'manifests.yaml');
        await writeFile(file, manifests);
        return x('kubectl', ['apply', '--namespace', namespace, '--dry-run=server', '--validate=strict', '--filename', file], {
          timeout: 60_000,
          nodeOptions: { env: { ...process.env, KUBECONFIG: kubeconfig() } },
        });
      },
    });
    await children.killAll();
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await rm(folder, { recursive: true, force: true });
  },
});

export function spawnCli(cwd: string, args: readonly string[], env: Record<string, string> = {}, cli = cliPath): ReturnType<typeof x> {
  return spawn(process.execPath, [cli, ...args], cwd, { NO_COLOR: '1', CI: 'true', ...env });
}

/** The CLI on a terminal of 100 x 30, as people see it: `stdout` has the control sequences too. */
export function spawnOnTerminal(cwd: string, args: readonly string[]): ReturnType<typeof x> {
  const command = [process.execPath, cliPath, ...args].map((word) => `'${word}'`).join(' ');
  return spawn('script', ['--quiet', '--flush', '--return', '--command', `stty cols 100 rows 30; exec ${command}`, '/dev/null'], cwd, { CI: '', TERM: 'xterm-256color' });
}

function spawn(command: string, args: readonly string[], cwd: string, env: Record<string, string>): ReturnType<typeof x> {
  return children.spawn(command, [...args], {
    timeout: 350_000,
    nodeOptions: { cwd, env: { ...process.env, KUBECONFIG: kubeconfig(), KUBESUITE_HELM: helm(4), ...env } },
  });
}

export function helm(major: 3 | 4): string {
  const path = process.env[`KUBESUITE_TEST_HELM${major}`];
  if (path === undefined) throw new Error(`KUBESUITE_TEST_HELM${major} is not set: run through vitest.`);
  return path;
}

export async function kubectl(...args: string[]): Promise<string> {
  return succeed('kubectl', args);
}

export async function succeed(command: string, args: readonly string[], options: { cwd?: string } = {}): Promise<string> {
  const output: Output = await x(command, [...args], {
    timeout: 120_000,
    nodeOptions: { ...options, env: { ...process.env, KUBECONFIG: kubeconfig() } },
  });
  if (output.exitCode !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${output.exitCode}: ${output.stderr}`);
  return output.stdout;
}

/** Everything in the namespace, of every kind that the API server has, as `kind/name`. */
export async function listNamespace(namespace: string): Promise<readonly string[]> {
  // A kind of another test can go between the two questions, with its CRD.
  return listKinds(namespace).catch(async () => listKinds(namespace));
}

async function listKinds(namespace: string): Promise<readonly string[]> {
  const kinds = (await kubectl('api-resources', '--namespaced', '--verbs=list', '--output=name')).trim().split('\n');
  const listed = await kubectl('get', kinds.filter((kind) => !kind.startsWith('events')).join(','), '--namespace', namespace, '--output=name', '--ignore-not-found');
  return listed
    .split('\n')
    .filter(Boolean)
    .filter((name) => name !== 'configmap/kube-root-ca.crt' && name !== 'serviceaccount/default');
}
