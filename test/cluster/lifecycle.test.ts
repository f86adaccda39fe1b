import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';
import { afterAll, expect, test } from 'vitest';
import { clusterStatus, nodePaths, startCluster, stopCluster, type NodePaths } from './index.ts';
import { findLeftovers } from './leftovers.ts';
import { recordedProcesses } from './processes.ts';

/** A node of its own, beside the one that the other tests share. */
const folder = mkdtempSync(join(tmpdir(), 'kubesuite-node-'));
// Mounts are listed by real paths, whatever way the user comes.
const alias = `${folder}.link`;
symlinkSync(folder, alias);
const paths = nodePaths(join(alias, 'state'));

afterAll(async () => {
  await stopCluster(paths);
  rmSync(alias);
  rmSync(folder, { recursive: true });
});

test('a node starts, is reused, recovers from kills and leaves nothing', { timeout: 180_000 }, async () => {
  const hostRules = await iptablesRules();
  const { kubeconfig, context } = await startCluster(paths);
  expect(await kubectl('--kubeconfig', kubeconfig, '--context', context, 'get', 'nodes')).toMatch(/^node +Ready /m);
  const pids = pidsOf(paths);

  await Promise.all([startCluster(paths), startCluster(paths)]);
  expect(pidsOf(paths)).toEqual(pids);

  for (const name of ['kubelet', 'kube-apiserver', 'containerd']) process.kill(pids[name] ?? Number.NaN, 'SIGKILL');
  await expect.poll(async () => clusterStatus(paths), { timeout: 5000 }).toMatchObject({ state: 'broken', processes: { kubelet: 'ended', etcd: 'running' } });
  // Seen while it is there, or the empty list at the end would prove nothing.
  const kinds = ['process containerd-shim', 'process of a pod', 'mount ', 'cgroup ', 'network namespace ', 'socket ', 'link ', 'file ', 'folder '];
  expect(findLeftovers(paths)).toEqual(expect.arrayContaining(kinds.map((kind) => expect.stringMatching(`^${kind}`))));
  expect(findTraces(paths)).toEqual(expect.arrayContaining([expect.stringContaining('/cni/'), expect.stringContaining('/cgroup/')]));

  await startCluster(paths);
  expect(await kubectl('--kubeconfig', kubeconfig, 'get', '--raw', '/readyz')).toBe('ok');
  expect(Object.values(pids)).not.toContain(pidsOf(paths)['etcd']);

  await stopCluster(paths);
  expect(findLeftovers(paths)).toEqual([]);
  expect(findTraces(paths)).toEqual([]);
  expect(await iptablesRules()).toEqual(hostRules);
  expect(await clusterStatus(paths)).toEqual({ state: 'stopped', processes: {} });
});

/** Searches for the node in another way than `stop` does, which cannot remove what it does not look for. */
function findTraces({ state, netns }: NodePaths): readonly string[] {
  const files = globSync(['/proc/[0-9]*/{cmdline,environ}', '/proc/self/mountinfo', '/var/lib/cni/**/*']);
  return [
    ...files.filter((file) => holds(file, state)),
    ...globSync([`/sys/fs/cgroup/${netns}`, `/sys/fs/cgroup/*/${netns}`, `/run/netns/${netns}`]),
  ];
}

function holds(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(text);
  } catch {
    return false;
  }
}

async function iptablesRules(): Promise<readonly string[]> {
  const { stdout } = await x('iptables-save', [], { throwOnError: true });
  return stdout.split('\n').filter((line) => line.startsWith('-A '));
}

function pidsOf(node: NodePaths): Record<string, number> {
  return Object.fromEntries([...recordedProcesses(node)].map(([name, { pid }]) => [name, pid]));
}

async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await x(join(paths.bin, 'kubectl'), args, { throwOnError: true });
  return stdout;
}
