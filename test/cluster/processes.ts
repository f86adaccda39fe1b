import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePaths } from './paths.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** In the environment of every process that a node started, and inherited by what those start. */
const ownerVariable = 'KUBESUITE_NODE_STATE';

/** Starts a program of the node in the background; it outlives this process. */
export function startProcess(paths: NodePaths, name: string, command: readonly [string, ...string[]]): void {
  mkdirSync(paths.processes, { recursive: true });
  mkdirSync(paths.logs, { recursive: true });
  const log = openSync(logFile(paths, name), 'a');
  const [program, ...args] = command;
  const env = { PATH: `${process.env['PATH']}:/usr/sbin:/sbin`, HOME: process.env['HOME'], [ownerVariable]: paths.state };
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], cwd: '/', env });
  child.once('error', () => {});
  closeSync(log);
  child.unref();
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw new Error(`${name} did not start.\n${logTail(paths, name)}`);
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

/** Names of those that should run and do not. */
export function endedProcesses(paths: NodePaths): readonly string[] {
  return [...recordedProcesses(paths)].filter(([, identity]) => !isAlive(identity)).map(([name]) => name);
}

/**
 * Every living process of the node outside of its pods. Records would not do: shims have none, and a
 * start can be killed between the start of a process and its record.
 */
export function findProcesses({ state }: NodePaths): readonly ProcessIdentity[] {
  return listFolder('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      // Before the look at its environment: were the pid reused meanwhile, the start time would not fit.
      const identity = identify(Number(pid));
      return identity !== undefined && isOwned(pid, state) ? [identity] : [];
    });
}

function isOwned(pid: string, state: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${ownerVariable}=${state}`);
  } catch {
    return false;
  }
}

export function commandName({ pid }: ProcessIdentity): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return 'ended';
  }
}

export function logTail(paths: NodePaths, name: string): string {
  const file = logFile(paths, name);
  if (!existsSync(file)) return '';
  return `The last lines of ${file}:\n${readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n')}`;
}

function logFile({ logs }: NodePaths, name: string): string {
  return join(logs, `${name}.log`);
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
