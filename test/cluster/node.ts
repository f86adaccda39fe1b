import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createCgroups } from './cgroups.ts';
import { startContainerd } from './containerd.ts';
import { isApiReady, startApiServer, startControllers } from './control-plane.ts';
import { deployDns, isNodeReady } from './dns.ts';
import { loadNodeImages } from './images.ts';
import { contextName, writeHostKubeconfig, writeKubeconfigs } from './kubeconfigs.ts';
import { startKubelet, startNetworking } from './kubelet.ts';
import { removeNode } from './leftovers.ts';
import { withLock } from './lock.ts';
import { createNetwork } from './network.ts';
import { ensurePackages } from './packages.ts';
import { addresses, nodePaths, type NodePaths } from './paths.ts';
import { createPki } from './pki.ts';
import { isAlive } from './process-identity.ts';
import { recordedProcesses, startProcess } from './processes.ts';
import { ensureKube, ensureKubeRouter, ensurePause } from './programs.ts';
import { say, succeeds } from './shell.ts';
import { waitFor } from './wait-for.ts';

export interface ClusterHandle {
  readonly kubeconfig: string;
  readonly context: string;
  readonly stateDir: string;
  /** Folder with kubectl. */
  readonly bin: string;
}

export interface ClusterStatus {
  readonly state: 'stopped' | 'running' | 'broken' | 'outdated';
  readonly processes: Readonly<Record<string, 'running' | 'ended'>>;
}

const packages = ['containerd', 'runc', 'containernetworking-plugins', 'buildah', 'iptables', 'ipset', 'conntrack', 'iproute2', 'procps', 'openssl', 'ca-certificates'];
const programs = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl', 'relay'];
const processCount = 9;

/** Starts the node, or finds it running: a healthy node of the same version is reused, any other replaced. */
export async function startCluster(paths: NodePaths = nodePaths()): Promise<ClusterHandle> {
  await ensurePackages(packages);
  const built = { kube: await ensureKube(), kubeRouter: await ensureKubeRouter(), pause: await ensurePause() };
  await withLock(`${paths.state}.lock`, 'starting or stopping the node', 300, async () => {
    const { state } = await clusterStatus(paths);
    if (state === 'running') return;
    if (state !== 'stopped') say(`The node in ${paths.state} is ${state}; starting it anew.`);
    await removeNode(paths);
    await start(paths, built);
  });
  return { kubeconfig: paths.kubeconfig, context: contextName, stateDir: paths.state, bin: paths.bin };
}

/** Stops the node and leaves nothing of it. */
export async function stopCluster(paths: NodePaths = nodePaths()): Promise<void> {
  await withLock(`${paths.state}.lock`, 'starting or stopping the node', 300, async () => removeNode(paths));
}

export async function clusterStatus(paths: NodePaths = nodePaths()): Promise<ClusterStatus> {
  const recorded = [...recordedProcesses(paths)];
  const processes = Object.fromEntries(recorded.map(([name, identity]) => [name, isAlive(identity) ? 'running' : 'ended'] as const));
  if (recorded.length === 0) return { state: 'stopped', processes };
  if (!existsSync(paths.version) || readFileSync(paths.version, 'utf8') !== sourceVersion()) return { state: 'outdated', processes };
  const allAlive = recorded.length === processCount && recorded.every(([, identity]) => isAlive(identity));
  const healthy = allAlive && (await isApiReady(paths)) && (await isNodeReady(paths)) && (await answersFromHost(paths));
  return { state: healthy ? 'running' : 'broken', processes };
}

async function start(paths: NodePaths, built: { readonly kube: string; readonly kubeRouter: string; readonly pause: string }): Promise<void> {
  const started = Date.now();
  say(`Starting a one-node Kubernetes in ${paths.state} ...`);
  mkdirSync(paths.bin, { recursive: true });
  for (const program of programs) symlinkSync(built.kube, join(paths.bin, program));
  await createNetwork(paths);
  createCgroups(paths);
  await createPki(paths);
  writeKubeconfigs(paths);
  // The kubelet exits without containerd's socket.
  await startContainerd(paths);
  await Promise.all([startApiServer(paths), loadNodeImages(paths, built)]);
  startControllers(paths);
  startKubelet(paths);
  const port = await freePort();
  startProcess(paths, 'relay', [join(paths.bin, 'relay'), '-listen', `127.0.0.1:${port}`, '-netns', paths.netnsPath, '-to', `${addresses.node}:6443`]);
  writeHostKubeconfig(paths, port);
  await waitFor('the node to be Ready', 60, async () => isNodeReady(paths));
  // kube-router ends when the node is not registered yet.
  startNetworking(paths, built.kubeRouter);
  await deployDns(paths);
  await waitFor('the API server to answer through the relay', 20, async () => answersFromHost(paths));
  // Last: a start that was killed half-way is not mistaken for a node.
  writeFileSync(paths.version, sourceVersion());
  say(`The node is Ready after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

async function answersFromHost(paths: NodePaths): Promise<boolean> {
  return succeeds(join(paths.bin, 'kubectl'), ['--kubeconfig', paths.kubeconfig, 'get', '--raw', '/readyz', '--request-timeout', '3s'], { timeoutMs: 5000 });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Two checkouts with equal sources share a node. */
function sourceVersion(): string {
  const hash = createHash('sha256');
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$|\.go$|go\.(mod|sum)$/.test(file));
  for (const file of files.toSorted()) hash.update(file).update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex');
}
