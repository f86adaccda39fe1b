import type { KubeObject, NodeApi } from './api.ts';
import { kubeconfigOf } from './kubeconfigs.ts';
import { addresses, nodeName, type NodePaths } from './paths.ts';
import { startInNode } from './processes.ts';

/** As in its client certificate. */
const user = 'kubesuite:kube-router';

const objects: readonly KubeObject[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: user },
    rules: [
      { apiGroups: [''], resources: ['namespaces', 'pods', 'nodes', 'services', 'endpoints'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['get', 'list', 'watch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: user },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: user },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  },
];

export async function allowKubeRouter(api: NodeApi): Promise<void> {
  for (const object of objects) await api.apply(object);
}

/** Enforces NetworkPolicies. Of kube-router only the firewall runs; it ends when its node is not registered yet. */
export function startKubeRouter(paths: NodePaths, kubeRouter: string): void {
  startInNode(paths, 'kube-router', [
    kubeRouter, '--run-router=false', '--run-firewall=true', '--run-service-proxy=false', '--kubeconfig', kubeconfigOf(paths, 'netpol'),
    '--hostname-override', nodeName, '--service-cluster-ip-range', addresses.serviceCidr, '--metrics-port', '0', '--health-port', '0',
  ]);
}
