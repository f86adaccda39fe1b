import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePaths } from './paths.ts';
import { identify, isAlive, signal, type ProcessIdentity } from './process-identity.ts';
import { waitFor } from './wait-for.ts';

/** Starts a program of the node in the background; it outlives this process. */
export function startProcess(paths: NodePaths, name: string, command: readonly [string, ...string[]]): void {
  mkdirSync(paths.processes, { recursive: true });
  mkdirSync(paths.logs, { recursive: true });
  const log = openSync(join(paths.logs, `${name}.log`), 'a');
  const [program, ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
  child.once('error', () => {});
  closeSync(log);
  child.unref();
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw new Error(`${name} did not start; see ${join(paths.logs, `${name}.log`)}`);
  writeFileSync(join(paths.processes, name), JSON.stringify(identity));
}

/** As `startProcess`, in the network namespace of the node. */
export function startInNode(paths: NodePaths, name: string, command: readonly [string, ...string[]]): void {
  // `ip netns exec` would remount /sys, and the kubelet would not find its cgroups.
  startProcess(paths, name, ['nsenter', `--net=${paths.netnsPath}`, ...command]);
}

export function recordedProcesses(paths: NodePaths): ReadonlyMap<string, ProcessIdentity> {
  return new Map(
    listFolder(paths.processes).flatMap((name) => {
      try {
        return [[name, JSON.parse(readFileSync(join(paths.processes, name), 'utf8')) as ProcessIdentity] as const];
      } catch {
        return [];
      }
    }),
  );
}

/** Ends recorded processes, with force after a while. */
export async function stopProcesses(paths: NodePaths, names: readonly string[], patienceSeconds: number): Promise<void> {
  const recorded = recordedProcesses(paths);
  const identities = names.flatMap((name) => recorded.get(name) ?? []);
  for (const identity of identities) signal(identity, 'SIGTERM');
  const areGone = (): boolean => !identities.some(isAlive);
  await waitFor('processes to end', patienceSeconds, areGone).catch(() => {
    for (const identity of identities) signal(identity, 'SIGKILL');
  });
  await waitFor(`the killed processes to go: ${names.join(', ')}`, 10, areGone);
  for (const name of names) rmSync(join(paths.processes, name), { force: true });
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
