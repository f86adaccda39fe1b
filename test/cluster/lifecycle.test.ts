import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
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
  const { kubeconfig, context } = await startCluster(paths);
  expect(await kubectl('--kubeconfig', kubeconfig, '--context', context, 'get', 'nodes')).toMatch(/^node +Ready /m);
  const pids = pidsOf(paths);

  await Promise.all([startCluster(paths), startCluster(paths)]);
  expect(pidsOf(paths)).toEqual(pids);

  for (const name of ['kubelet', 'kube-apiserver', 'containerd']) process.kill(pids[name] ?? Number.NaN, 'SIGKILL');
  await expect.poll(async () => clusterStatus(paths), { timeout: 5000 }).toMatchObject({ state: 'broken', processes: { kubelet: 'ended', etcd: 'running' } });
  expect(findLeftovers(paths)).toEqual(expect.arrayContaining([expect.stringContaining('containerd-shim')]));

  await startCluster(paths);
  expect(await kubectl('--kubeconfig', kubeconfig, 'get', '--raw', '/readyz')).toBe('ok');
  expect(Object.values(pids)).not.toContain(pidsOf(paths)['etcd']);

  await stopCluster(paths);
  expect(findLeftovers(paths)).toEqual([]);
  expect(await clusterStatus(paths)).toEqual({ state: 'stopped', processes: {} });
});

function pidsOf(node: NodePaths): Record<string, number> {
  return Object.fromEntries([...recordedProcesses(node)].map(([name, { pid }]) => [name, pid]));
}

async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await x(join(paths.bin, 'kubectl'), args, { throwOnError: true });
  return stdout;
}
