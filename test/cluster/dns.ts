import { join } from 'node:path';
import { corednsImage } from './images.ts';
import { kubeconfigOf } from './kubeconfigs.ts';
import { addresses, nodeName, type NodePaths } from './paths.ts';
import { run } from './shell.ts';
import { waitFor } from './wait-for.ts';

const labels = { 'k8s-app': 'kube-dns' };
const namespace = 'kube-system';

const corefile = `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    pods insecure
    fallthrough in-addr.arpa ip6.arpa
    ttl 5
  }
  cache 5
}
`;

const objects: readonly object[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'coredns', namespace } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:coredns' },
    rules: [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces', 'nodes'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
    subjects: [{ kind: 'ServiceAccount', name: 'coredns', namespace }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace }, data: { Corefile: corefile } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'coredns',
          dnsPolicy: 'Default',
          priorityClassName: 'system-cluster-critical',
          containers: [
            {
              name: 'coredns',
              image: corednsImage,
              imagePullPolicy: 'Never',
              args: ['-conf', '/etc/coredns/Corefile'],
              volumeMounts: [{ name: 'config', mountPath: '/etc/coredns' }],
              readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
            },
          ],
          volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace, labels },
    spec: {
      clusterIP: addresses.dnsService,
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
    },
  },
];

export async function deployDns(paths: NodePaths): Promise<void> {
  await kubectl(paths, ['apply', '--server-side', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  await waitFor('CoreDNS to be available', 60, async () => {
    const available = await kubectl(paths, ['get', 'deployment', 'coredns', '--namespace', namespace, '--output', 'jsonpath={.status.availableReplicas}']);
    return available === '1';
  });
}

export async function isNodeReady(paths: NodePaths): Promise<boolean> {
  const ready = await kubectl(paths, ['get', 'node', nodeName, '--ignore-not-found', '--output', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}']).catch(() => '');
  return ready === 'True';
}

async function kubectl(paths: NodePaths, args: readonly string[], input?: string): Promise<string> {
  const command = [`--net=${paths.netnsPath}`, join(paths.bin, 'kubectl'), '--kubeconfig', kubeconfigOf(paths, 'admin'), '--request-timeout', '10s', ...args];
  return run('nsenter', command, { timeoutMs: 20_000, ...(input !== undefined && { input }) });
}
