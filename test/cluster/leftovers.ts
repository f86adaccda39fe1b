import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFolders, findPodProcesses, removeCgroups } from './cgroups.ts';
import { removeNetwork } from './network.ts';
import type { NodePaths } from './paths.ts';
import { recordedProcesses, stopProcesses } from './processes.ts';
import { isAlive } from './process-identity.ts';
import { run, succeeds } from './shell.ts';
import { waitFor } from './wait-for.ts';

/** First those that would start others again. */
const stopOrder = [['kubelet', 'kube-controller-manager', 'kube-scheduler'], ['kube-proxy', 'kube-router', 'relay'], ['kube-apiserver'], ['etcd']] as const;

/** Removes whatever is left of a node, however it ended: processes, mounts, cgroups, network namespace, state. */
export async function removeNode(paths: NodePaths): Promise<void> {
  for (const names of stopOrder) await stopProcesses(paths, names, 5);
  await killPods(paths);
  await stopProcesses(paths, ['containerd'], 5);
  await unmountAll(paths);
  await removeCgroups(paths);
  await removeNetwork(paths);
  removeLogLinks(paths);
  rmSync(paths.state, { recursive: true, force: true });
}

/** What `removeNode` would find; empty when nothing is left. */
export function findLeftovers(paths: NodePaths): readonly string[] {
  return [
    ...[...recordedProcesses(paths)].filter(([, identity]) => isAlive(identity)).map(([name, { pid }]) => `process ${name} (${pid})`),
    ...findShims(paths).map((pid) => `containerd-shim (${pid})`),
    ...findMounts(paths).map((path) => `mount ${path}`),
    ...findFolders(paths).map((path) => `cgroup ${path}`),
    ...(existsSync(paths.netnsPath) ? [`network namespace ${paths.netns}`] : []),
    ...findLogLinks(paths).map((path) => `link ${path}`),
  ];
}

async function killPods(paths: NodePaths): Promise<void> {
  // The shims first: they would report the end of each container to containerd, one by one.
  await waitFor('the processes of the pods to end', 20, () => {
    const pids = [...findShims(paths), ...findPodProcesses(paths)];
    for (const pid of pids) kill(pid);
    return pids.length === 0;
  });
}

/** Shims of this node's containerd, which its socket on their command line tells. */
function findShims({ containerdSocket }: NodePaths): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return command[0]?.endsWith('containerd-shim-runc-v2') === true && command.includes(containerdSocket);
      } catch {
        return false;
      }
    })
    .map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function unmountAll(paths: NodePaths): Promise<void> {
  await waitFor(`the mounts below ${paths.state} to be unmounted`, 30, async () => {
    for (const path of findMounts(paths)) {
      if (!(await succeeds('umount', [path]))) await run('umount', ['--lazy', path]).catch(() => '');
    }
    return findMounts(paths).length === 0;
  });
}

/** Deepest first. */
function findMounts({ state }: NodePaths): readonly string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => (line.split(' ')[4] ?? '').replaceAll('\\040', ' '))
    .filter((path) => path.startsWith(`${state}/`))
    .toReversed();
}

const containerLogs = '/var/log/containers';

function removeLogLinks(paths: NodePaths): void {
  for (const link of findLogLinks(paths)) rmSync(link, { force: true });
}

/** The kubelet makes them outside of its directories, whatever its config says. */
function findLogLinks({ podLogs }: NodePaths): readonly string[] {
  if (!existsSync(containerLogs)) return [];
  return readdirSync(containerLogs, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => join(containerLogs, entry.name))
    .filter((link) => readlinkSync(link).startsWith(`${podLogs}/`));
}
