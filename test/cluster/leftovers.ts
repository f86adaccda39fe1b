import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFolders, findPodProcesses, removeCgroups } from './cgroups.ts';
import { removeNetwork } from './network.ts';
import type { NodePaths } from './paths.ts';
import { commandName, findProcesses } from './processes.ts';
import { signal } from './process-identity.ts';
import { run, succeeds } from './shell.ts';
import { waitFor } from './wait-for.ts';

/**
 * Removes whatever is left of a node, however it ended: processes, mounts, cgroups, network namespace,
 * state. Nothing of it is needed again, so that all is killed at once.
 */
export async function removeNode(paths: NodePaths): Promise<void> {
  refuseForeignFolder(paths);
  await endNode(paths);
  removeState(paths);
}

/** As `removeNode`, but the folder with its logs stays. */
export async function endNode(paths: NodePaths): Promise<void> {
  await killAll(paths);
  await unmountAll(paths);
  await removeCgroups(paths);
  await removeNetwork(paths);
  for (const path of [...findShimSockets(paths), ...findLogLinks(paths), ...findNetworkResults(paths)]) rmSync(path, { force: true });
}

/** What `removeNode` would find; empty when nothing is left. */
export function findLeftovers(paths: NodePaths): readonly string[] {
  return [
    ...findProcesses(paths).map((identity) => `process ${commandName(identity)} (${identity.pid})`),
    ...findPodProcesses(paths).map(({ pid }) => `process of a pod (${pid})`),
    ...findMounts(paths).map((path) => `mount ${path}`),
    ...findFolders(paths).map((path) => `cgroup ${path}`),
    ...(existsSync(paths.netnsPath) ? [`network namespace ${paths.netns}`] : []),
    ...findShimSockets(paths).map((path) => `socket ${path}`),
    ...findLogLinks(paths).map((path) => `link ${path}`),
    ...findNetworkResults(paths).map((path) => `file ${path}`),
    ...(existsSync(paths.state) ? [`folder ${paths.state}`] : []),
  ];
}

/** The marker goes last: without it the rest of a removal that was killed half-way would be refused as foreign. */
function removeState({ state, marker }: NodePaths): void {
  if (!existsSync(state)) return;
  for (const name of readdirSync(state)) {
    const path = join(state, name);
    if (path !== marker) rmSync(path, { recursive: true, force: true });
  }
  rmSync(state, { recursive: true });
}

/** A mistyped KUBESUITE_CLUSTER_DIR must not cost anybody's files. */
function refuseForeignFolder({ state, marker }: NodePaths): void {
  if (!existsSync(state) || existsSync(marker) || readdirSync(state).length === 0) return;
  throw new Error(`${state} holds files that are not of a node: remove them, or choose another KUBESUITE_CLUSTER_DIR.`);
}

async function killAll(paths: NodePaths): Promise<void> {
  const findAll = () => [...findProcesses(paths), ...findPodProcesses(paths)];
  await waitFor(
    'the processes of the node and its pods to end',
    20,
    () => {
      const found = findAll();
      for (const identity of found) signal(identity, 'SIGKILL');
      return found.length === 0;
    },
    () => `Left: ${findAll().map((identity) => `${commandName(identity)} (${identity.pid})`).join(', ')}`,
  );
}

async function unmountAll(paths: NodePaths): Promise<void> {
  await waitFor(
    `the mounts below ${paths.state} to be unmounted`,
    30,
    async () => {
      for (const path of findMounts(paths)) {
        if (!(await succeeds('umount', [path]))) await run('umount', ['--lazy', path]).catch(() => '');
      }
      return findMounts(paths).length === 0;
    },
    () => findMounts(paths).join('\n'),
  );
}

/** Deepest first. */
function findMounts({ state }: NodePaths): readonly string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => (line.split(' ')[4] ?? '').replaceAll('\\040', ' '))
    .filter((path) => path.startsWith(`${state}/`))
    .toReversed();
}

/** Shims make them outside of containerd's directories, and a killed one leaves its own. */
function findShimSockets({ containerdState }: NodePaths): readonly string[] {
  const tasks = join(containerdState, 'io.containerd.runtime.v2.task', 'k8s.io');
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks)
    .map((id) => join(tasks, id, 'address'))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8').trim().replace(/^unix:\/\//, ''))
    .filter((path) => path.startsWith('/run/containerd/') && existsSync(path));
}

const containerLogs = '/var/log/containers';

/** The kubelet makes them outside of its directories, whatever its config says. */
function findLogLinks({ podLogs }: NodePaths): readonly string[] {
  return findShared(containerLogs, (link) => readlinkSync(link).startsWith(`${podLogs}/`));
}

const networkResults = '/var/lib/cni/results';

/** containerd's network library remembers there how it connected a pod, unless the pod is ended in peace. */
function findNetworkResults({ containerdState }: NodePaths): readonly string[] {
  return findShared(networkResults, (file) => readFileSync(file, 'utf8').includes(`"sandbox":"${containerdState}/`));
}

/** Entries of a folder in which all nodes write: those of others come and go meanwhile. */
function findShared(folder: string, isOurs: (path: string) => boolean): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => {
      try {
        return isOurs(path);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // EINVAL: no link.
        if (code === 'ENOENT' || code === 'EINVAL') return false;
        throw error;
      }
    });
}
