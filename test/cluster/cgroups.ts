import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePaths } from './paths.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { waitFor } from './wait-for.ts';

const mountPoint = '/sys/fs/cgroup';

function isVersion2(): boolean {
  return existsSync(join(mountPoint, 'cgroup.controllers'));
}

/** A folder for each controller with cgroup v1 (and the `unified` one, when it is hybrid), one for all with v2. */
function hierarchies(): readonly string[] {
  if (isVersion2()) return [mountPoint];
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
    // Not in a hybrid's unified hierarchy: nobody needs it there, and the host would keep it.
    if (isVersion2()) delegateControllers(hierarchy, folder);
  }
}

/** With cgroup v2 a cgroup has the controllers that its parent gives it. */
function delegateControllers(hierarchy: string, folder: string): void {
  const controllers = readFileSync(join(hierarchy, 'cgroup.controllers'), 'utf8').trim().split(' ');
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
  return hierarchies()
    .map((hierarchy) => join(hierarchy, cgroup))
    .filter((folder) => existsSync(folder))
    .flatMap(withInnerFolders);
}

/** While the kubelet lives, folders vanish under the reader's eyes. */
function withInnerFolders(folder: string): readonly string[] {
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...inner.flatMap(({ name }) => withInnerFolders(join(folder, name))), folder];
  } catch {
    return [];
  }
}
