import { fileURLToPath } from 'node:url';
import { goBuild, type GoProgram } from '../tools/go-build.ts';

export const kubernetesVersion = 'v1.34.4';

const version = 'k8s.io/component-base/version';

const kube: GoProgram = {
  name: 'kube',
  module: module('kube'),
  package: '.',
  variables: {
    [`${version}.gitVersion`]: kubernetesVersion,
    [`${version}.gitMajor`]: '1',
    [`${version}.gitMinor`]: '34',
    [`${version}.gitTreeState`]: 'clean',
  },
  about: '7 min',
};

const kubeRouter: GoProgram = {
  name: 'kube-router',
  module: module('netpol'),
  package: 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router',
  about: '3 min',
};

const pause: GoProgram = { name: 'pause', module: module('pause'), package: '.', about: '20 s' };

export interface NodeBinaries {
  /** Every part of Kubernetes, etcd, CoreDNS and the relay, chosen by the first argument. */
  readonly kube: string;
  readonly kubeRouter: string;
  readonly pause: string;
}

/** What the node runs, built from source unless this machine has it. */
export async function ensureBinaries(): Promise<NodeBinaries> {
  return { kube: await goBuild(kube), kubeRouter: await goBuild(kubeRouter), pause: await goBuild(pause) };
}

function module(name: string): string {
  return fileURLToPath(new URL(`go/${name}`, import.meta.url));
}
