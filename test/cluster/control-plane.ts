import { join } from 'node:path';
import type { NodeApi } from './api.ts';
import { kubeconfigOf } from './kubeconfigs.ts';
import { addresses, type NodePaths } from './paths.ts';
import { startInNode } from './processes.ts';

export function startApiServer(paths: NodePaths): void {
  const { bin, pki, state } = paths;
  const etcd = 'http://127.0.0.1:2379';
  startInNode(paths, 'etcd', [
    join(bin, 'etcd'), '--data-dir', join(state, 'etcd'), '--listen-client-urls', etcd, '--advertise-client-urls', etcd,
    '--listen-peer-urls', 'http://127.0.0.1:2380', '--unsafe-no-fsync', '--log-level', 'warn',
  ]);
  startInNode(paths, 'kube-apiserver', [
    join(bin, 'kube-apiserver'), '--etcd-servers', etcd, '--advertise-address', addresses.node, '--secure-port', '6443',
    '--service-cluster-ip-range', addresses.serviceCidr,
    '--tls-cert-file', join(pki, 'apiserver.crt'), '--tls-private-key-file', join(pki, 'apiserver.key'), '--client-ca-file', join(pki, 'ca.crt'),
    '--kubelet-client-certificate', join(pki, 'apiserver-kubelet-client.crt'), '--kubelet-client-key', join(pki, 'apiserver-kubelet-client.key'),
    '--kubelet-certificate-authority', join(pki, 'ca.crt'),
    // The node has no name that DNS knows.
    '--kubelet-preferred-address-types', 'InternalIP',
    '--authorization-mode', 'Node,RBAC', '--enable-admission-plugins', 'NodeRestriction', '--allow-privileged',
    '--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', join(pki, 'service-accounts.key'),
    '--service-account-signing-key-file', join(pki, 'service-accounts.key'), '--cert-dir', pki,
  ]);
}

/** Rates and intervals are Kubernetes' defaults: benchmarks compare with what users have. */
export function startControllers(paths: NodePaths): void {
  const { bin, pki } = paths;
  startInNode(paths, 'kube-controller-manager', [
    join(bin, 'kube-controller-manager'), '--kubeconfig', kubeconfigOf(paths, 'controller-manager'), '--leader-elect=false', '--use-service-account-credentials',
    '--service-account-private-key-file', join(pki, 'service-accounts.key'), '--root-ca-file', join(pki, 'ca.crt'),
    '--cluster-signing-cert-file', join(pki, 'ca.crt'), '--cluster-signing-key-file', join(pki, 'ca.key'),
  ]);
  startInNode(paths, 'kube-scheduler', [join(bin, 'kube-scheduler'), '--kubeconfig', kubeconfigOf(paths, 'scheduler'), '--leader-elect=false']);
}

/**
 * Makes the service account of every controller. The controller-manager would do it one after the other
 * within its limit of 20 requests a second, and nothing is controlled before it is through.
 */
export async function createControllerAccounts(api: NodeApi): Promise<void> {
  const bindings = JSON.parse(await api.get('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings')) as {
    items: { metadata: { name: string }; subjects?: { kind: string; name: string; namespace?: string }[] }[];
  };
  const accounts = bindings.items
    .filter(({ metadata }) => metadata.name.startsWith('system:controller:'))
    .flatMap(({ subjects = [] }) => subjects.filter(({ kind }) => kind === 'ServiceAccount'));
  await Promise.all(
    accounts.map(async ({ name, namespace = 'kube-system' }) => api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } })),
  );
}
