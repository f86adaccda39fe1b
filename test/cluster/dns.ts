import type { KubeObject, NodeApi } from './api.ts';
import { addresses } from './paths.ts';
import { pauseImage } from './pause-image.ts';

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

const objects: readonly KubeObject[] = [
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

/** The program is mounted from the host: an image of its 145 MB would cost seconds at every start. */
function deployment(kube: string): KubeObject {
  return {
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
              image: pauseImage,
              imagePullPolicy: 'Never',
              command: ['/coredns', '-conf', '/etc/coredns/Corefile'],
              volumeMounts: [
                { name: 'program', mountPath: '/coredns', readOnly: true },
                { name: 'config', mountPath: '/etc/coredns' },
              ],
              readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
            },
          ],
          volumes: [
            { name: 'program', hostPath: { path: kube, type: 'File' } },
            { name: 'config', configMap: { name: 'coredns' } },
          ],
        },
      },
    },
  };
}

export async function deployDns(api: NodeApi, kube: string): Promise<void> {
  for (const object of [...objects, deployment(kube)]) await api.apply(object);
}

export async function isDnsAvailable(api: NodeApi): Promise<boolean> {
  const status = await api.status<{ availableReplicas?: number }>(`/apis/apps/v1/namespaces/${namespace}/deployments/coredns`);
  return status?.availableReplicas === 1;
}
