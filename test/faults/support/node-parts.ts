import { readFileSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { x } from 'tinyexec';
import type { NodePaths } from '../../cluster/index.ts';
import { findPodProcesses } from '../../cluster/cgroups.ts';
import { signal, type ProcessIdentity } from '../../cluster/process-identity.ts';
import { recordedProcesses, startInNode, startProcess } from '../../cluster/processes.ts';

type Command = readonly [string, ...string[]];

/** Kills a part of the node; gives the command line to start it again with. */
export function kill(node: NodePaths, part: string): Command {
  const identity = processOf(node, part);
  const [program = '', ...args] = readFileSync(`/proc/${identity.pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  signal(identity, 'SIGKILL');
  return [program, ...args];
}

/** The relay is the only part outside of the node's network. */
export function start(node: NodePaths, part: string, command: Command): void {
  if (part === 'relay') startProcess(node, part, command);
  else startInNode(node, part, command);
}

export function pause(node: NodePaths, part: string): void {
  signal(processOf(node, part), 'SIGSTOP');
}

export function resume(node: NodePaths, part: string): void {
  signal(processOf(node, part), 'SIGCONT');
}

/** Below 1 % of the disk, where the kubelet evicts, and enough for etcd to live on. */
const leftBytes = 20 * 1024 * 1024;

/** Fills the disk of the node, which must be one of its own; gives what frees it. */
export async function fillDisk({ state }: NodePaths): Promise<() => Promise<void>> {
  const { bavail, bsize } = await statfs(state);
  const file = join(state, 'filler');
  await x('fallocate', ['--length', String(bavail * bsize - leftBytes), file], { throwOnError: true });
  return async () => rm(file, { force: true });
}

/** The only process of any pod whose command line holds that text. */
export function findInPods(node: NodePaths, text: string): ProcessIdentity {
  const [found, ...others] = findPodProcesses(node).filter(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text));
  if (found === undefined || others.length > 0) throw new Error(`${others.length + (found === undefined ? 0 : 1)} processes of pods are ${text}.`);
  return found;
}

function processOf(node: NodePaths, part: string): ProcessIdentity {
  const identity = recordedProcesses(node).get(part);
  if (identity === undefined) throw new Error(`The node has no part ${part}.`);
  return identity;
}
