import { resolve } from 'node:path';
import { ensureBuilt, type GoProgram } from './go-build.ts';

export const kubernetesVersion = '1.34.4';
const [major, minor] = kubernetesVersion.split('.');

const kube: GoProgram = {
  name: 'kube',
  module: resolve(import.meta.dirname, 'go/kube'),
  target: '.',
  ldflags: [
    `-X k8s.io/component-base/version.gitVersion=v${kubernetesVersion}`,
    `-X k8s.io/component-base/version.gitMajor=${major}`,
    `-X k8s.io/component-base/version.gitMinor=${minor}`,
  ],
  minutes: 8,
};

const kubeRouter: GoProgram = {
  name: 'kube-router',
  module: resolve(import.meta.dirname, 'go/netpol'),
  target: 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router',
  minutes: 4,
};

const pause: GoProgram = { name: 'pause', module: resolve(import.meta.dirname, 'go/pause'), target: '.', minutes: 1 };

export interface NodePrograms {
  /** etcd, the control plane, kubelet, kube-proxy, kubectl, CoreDNS and the relay: chosen by the name it is called by. */
  readonly kube: string;
  /** Enforces NetworkPolicies. */
  readonly kubeRouter: string;
  /** First process of every pod, and small for that reason. */
  readonly pause: string;
}

export async function ensurePrograms(): Promise<NodePrograms> {
  const [kubePath, kubeRouterPath, pausePath] = await Promise.all([ensureBuilt(kube), ensureBuilt(kubeRouter), ensureBuilt(pause)]);
  return { kube: kubePath, kubeRouter: kubeRouterPath, pause: pausePath };
}
