import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeApi } from './api.ts';
import { createCgroups } from './cgroups.ts';
import { startContainerd } from './containerd.ts';
import { createControllerAccounts, startApiServer, startControllers } from './control-plane.ts';
import { deployDns, isDnsAvailable } from './dns.ts';
import { loadPauseImage } from './images.ts';
import { writeHostKubeconfig, writeKubeconfigs } from './kubeconfigs.ts';
import { startKubelet, startKubeProxy } from './kubelet.ts';
import { allowKubeRouter, startKubeRouter } from './netpol.ts';
import { createNetwork } from './network.ts';
import { nodeName, type NodePaths } from './paths.ts';
import { createPki } from './pki.ts';
import { endedProcesses, logTail } from './processes.ts';
import type { NodePrograms } from './programs.ts';
import { startRelay } from './relay.ts';
import { sourceVersion } from './source-version.ts';
import { isNodeReady } from './status.ts';
import { waitFor } from './wait-for.ts';

const calledByName = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl', 'relay'];

/** Starts a node where none is, in the order that lets nobody back off from somebody who is not there yet. */
export async function startNode(paths: NodePaths, programs: NodePrograms): Promise<void> {
  const version = sourceVersion();
  mkdirSync(paths.state, { recursive: true });
  // First: a start that was killed half-way is known as one.
  writeFileSync(paths.marker, 'This folder is removed when the node stops.\n');
  mkdirSync(paths.bin);
  for (const name of calledByName) symlinkSync(programs.kube, join(paths.bin, name));
  createCgroups(paths);
  await Promise.all([createPki(paths), createNetwork(paths)]);
  writeKubeconfigs(paths);

  const api = new NodeApi(paths);
  startApiServer(paths);
  await startRelay(paths);
  writeHostKubeconfig(paths);
  await Promise.all([prepareContainerd(paths, programs), prepareApi(paths, api, programs)]);

  startControllers(paths);
  startKubelet(paths);
  startKubeProxy(paths);
  await waitForPart(paths, `the node to register (kubelet)`, 60, async () => (await api.status(`/api/v1/nodes/${nodeName}`)) !== undefined, 'kubelet');
  startKubeRouter(paths, programs.kubeRouter);
  await waitForPart(paths, 'the node to be Ready', 60, async () => isNodeReady(api), 'kubelet');
  await waitForPart(paths, 'CoreDNS to be available', 90, async () => isDnsAvailable(api), 'kubelet');
  // Last: a start that was killed half-way is not mistaken for a node.
  writeFileSync(paths.version, version);
}

async function prepareContainerd(paths: NodePaths, programs: NodePrograms): Promise<void> {
  await startContainerd(paths);
  await loadPauseImage(paths, programs.pause);
}

async function prepareApi(paths: NodePaths, api: NodeApi, programs: NodePrograms): Promise<void> {
  await waitForPart(paths, 'the API server to be ready', 90, async () => api.isReady(), 'kube-apiserver');
  await Promise.all([createControllerAccounts(api), allowKubeRouter(api), deployDns(api, programs.kube)]);
}

/** Gives up as soon as a part of the node has ended, since none is started again. */
async function waitForPart(paths: NodePaths, what: string, seconds: number, ask: () => Promise<boolean>, suspect: string): Promise<void> {
  await waitFor(
    what,
    seconds,
    async () => {
      const [ended] = endedProcesses(paths);
      if (ended !== undefined) throw new Error(`${ended} ended while waiting for ${what}.\n${logTail(paths, ended)}`);
      return ask();
    },
    () => logTail(paths, suspect),
  );
}
