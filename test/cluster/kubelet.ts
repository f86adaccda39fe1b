import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { kubeconfigOf } from './kubeconfigs.ts';
import { addresses, nodeName, type NodePaths } from './paths.ts';
import { startInNode } from './processes.ts';

export function startKubelet(paths: NodePaths): void {
  const { bin, state } = paths;
  mkdirSync(paths.podLogs, { recursive: true });
  // Pods must not resolve names outside of the node.
  writeFileSync(join(state, 'resolv.conf'), '');
  const config = join(state, 'kubelet.yaml');
  writeFileSync(config, stringify(kubeletConfig(paths)));
  startInNode(paths, 'kubelet', [
    join(bin, 'kubelet'), '--config', config, '--kubeconfig', kubeconfigOf(paths, 'kubelet'), '--hostname-override', nodeName,
    '--node-ip', addresses.node, '--root-dir', join(state, 'kubelet'),
  ]);
}

export function startKubeProxy(paths: NodePaths): void {
  startInNode(paths, 'kube-proxy', [
    join(paths.bin, 'kube-proxy'), '--kubeconfig', kubeconfigOf(paths, 'proxy'), '--hostname-override', nodeName,
    '--proxy-mode', 'iptables', '--cluster-cidr', addresses.podCidr, '--conntrack-max-per-core', '0',
  ]);
}

function kubeletConfig({ state, pki, cgroup, containerdSocket, podLogs }: NodePaths): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: addresses.node,
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: join(pki, 'ca.crt') } },
    authorization: { mode: 'Webhook' },
    tlsCertFile: join(pki, 'kubelet-server.crt'),
    tlsPrivateKeyFile: join(pki, 'kubelet-server.key'),
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${cgroup}`,
    failSwapOn: false,
    clusterDNS: [addresses.dnsService],
    clusterDomain: 'cluster.local',
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    resolvConf: join(state, 'resolv.conf'),
    podLogsDir: podLogs,
    volumePluginDir: join(state, 'volume-plugins'),
    maxPods: 500,
    evictionHard: { 'memory.available': '200Mi', 'nodefs.available': '1%', 'imagefs.available': '1%', 'nodefs.inodesFree': '1%' },
    // Images are loaded by hand: once collected they would be gone.
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    kubeAPIQPS: 500,
    kubeAPIBurst: 1000,
    registryPullQPS: 0,
    serializeImagePulls: false,
  };
}
