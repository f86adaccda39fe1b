import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePaths } from './paths.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { waitFor } from './wait-for.ts';

const mountPoint = '/sys/fs/cgroup';

/** A folder for each controller with cgroup v1 (and one without any, when it is hybrid), one for all with v2. */
function hierarchies(): readonly string[] {
  if (existsSync(join(mountPoint, 'cgroup.controllers'))) return [mountPoint];
  return readdirSync(mountPoint, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(mountPoint, entry.name, 'cgroup.procs')))
    .map((entry) => join(mountPoint, entry.name));
}

/** The kubelet wants its root cgroup to exist in every hierarchy. */
export function createCgroups({ cgroup }: NodePaths): void {
  for (const hierarchy of hierarchies()) {
    const folder = join(hierarchy, cgroup);
    mkdirSync(folder, { recursive: true });
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      // A new v1 cpuset is empty, and an empty one takes no process.
      if (hierarchy.endsWith('cpuset')) writeFileSync(join(folder, file), readFileSync(join(hierarchy, file)));
    }
    delegateControllers(hierarchy, folder);
  }
}

/** With cgroup v2 a cgroup has the controllers that its parent gives it. */
function delegateControllers(hierarchy: string, folder: string): void {
  const file = join(hierarchy, 'cgroup.controllers');
  const controllers = existsSync(file) ? readFileSync(file, 'utf8').split(/\s+/).filter(Boolean) : [];
  if (controllers.length === 0) return;
  const all = controllers.map((name) => `+${name}`).join(' ');
  for (const parent of [hierarchy, folder]) writeFileSync(join(parent, 'cgroup.subtree_control'), all);
}

/** Every process of every pod. */
export function findPodProcesses(paths: NodePaths): readonly ProcessIdentity[] {
  const pids = findFolders(paths).flatMap((folder) => readProcesses(folder));
  return [...new Set(pids)].flatMap((pid) => identify(pid) ?? []);
}

function readProcesses(folder: string): readonly number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export async function removeCgroups(paths: NodePaths): Promise<void> {
  await waitFor('the cgroups of the node to be removable', 20, () => {
    for (const folder of findFolders(paths)) {
      try {
        rmdirSync(folder);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EBUSY' && code !== 'ENOENT') throw error;
      }
    }
    return findFolders(paths).length === 0;
  }, () => findFolders(paths).join('\n'));
}

/** Deepest first. */
export function findFolders({ cgroup }: NodePaths): readonly string[] {
  return hierarchies().flatMap((hierarchy) => foldersOf(join(hierarchy, cgroup)));
}

/** A folder and those in it, of which the kubelet may remove some meanwhile. */
function foldersOf(folder: string): readonly string[] {
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...inner.flatMap(({ name }) => foldersOf(join(folder, name))), folder];
  } catch {
    return [];
  }
}
