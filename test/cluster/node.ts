import { contextName } from './kubeconfigs.ts';
import { endNode, removeNode } from './leftovers.ts';
import { withLock } from './lock.ts';
import { ensurePackages } from './packages.ts';
import { nodePaths, type NodePaths } from './paths.ts';
import { ensurePrograms } from './programs.ts';
import { say } from './shell.ts';
import { startNode } from './start.ts';
import { clusterStatus } from './status.ts';

export interface ClusterHandle {
  readonly kubeconfig: string;
  readonly context: string;
  readonly stateDir: string;
  /** Folder with kubectl. */
  readonly bin: string;
}

const packages = [
  'containerd', 'runc', 'containernetworking-plugins', 'buildah', 'iptables', 'ipset', 'conntrack',
  'iproute2', 'procps', 'util-linux', 'openssl', 'ca-certificates',
];

const lockSeconds = 300;

/** Starts the node, or finds it running: a healthy node of the same version is reused, any other replaced. */
export async function startCluster(paths: NodePaths = nodePaths()): Promise<ClusterHandle> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Error('The one-node Kubernetes needs Linux and root.');
  await ensurePackages(packages);
  const programs = await ensurePrograms();
  await withLock(paths.state, `starting or stopping the node in ${paths.state}`, lockSeconds, async () => {
    const { state } = await clusterStatus(paths);
    if (state === 'running') return;
    if (state !== 'stopped') say(`The node in ${paths.state} is ${state}; starting it anew.`);
    await removeNode(paths);
    const started = Date.now();
    say(`Starting a one-node Kubernetes in ${paths.state} (about 10 s) ...`);
    try {
      await startNode(paths, programs);
    } catch (error) {
      await endNode(paths);
      throw error;
    }
    say(`The node is ready after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });
  return { kubeconfig: paths.kubeconfig, context: contextName, stateDir: paths.state, bin: paths.bin };
}

/** Stops the node and leaves nothing of it. */
export async function stopCluster(paths: NodePaths = nodePaths()): Promise<void> {
  await withLock(paths.state, `starting or stopping the node in ${paths.state}`, lockSeconds, async () => removeNode(paths));
}
