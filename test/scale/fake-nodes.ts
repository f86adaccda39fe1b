import { writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kubeconfigOf } from '../cluster/kubeconfigs.ts';
import { addresses, type NodePaths } from '../cluster/paths.ts';
import { startInNode } from '../cluster/processes.ts';
import { run } from '../cluster/shell.ts';
import { ensureKwok } from '../tools/kwok.ts';

const count = 10;
const kubeletPort = 10247;
const taint = 'kwok.x-k8s.io/node';
const label = { type: 'kwok' };

/** Values of a chart whose pods the fake nodes take, and nobody else. */
export const onFakeNodes = { nodeSelector: label, tolerations: [{ key: taint, operator: 'Exists', effect: 'NoSchedule' }] };

/** Stages of kwok: nodes stay ready, pods start at once, and succeed when a Job owns them. */
const stages = ['node/fast/node-initialize.yaml', 'node/heartbeat/node-heartbeat.yaml', 'pod/fast/pod-ready.yaml', 'pod/fast/pod-complete.yaml', 'pod/fast/pod-delete.yaml'];

/**
 * Adds nodes to a test node of its own that are nothing but API objects, with pods that are no more: kwok
 * says of them what a kubelet would. Each suite has the same log. All of it goes when the node is stopped.
 */
export async function addFakeNodes(paths: NodePaths, log: string): Promise<void> {
  const { binary, stages: folder } = await ensureKwok();
  const file = (name: string): string => join(paths.state, `kwok-${name}`);
  // As container runtimes write it.
  writeFileSync(file('suite.log'), log.split('\n').map((line) => `2026-01-01T00:00:00.000000000Z stdout F ${line}\n`).join(''));
  const options = {
    manageNodesWithAnnotationSelector: `${taint}=fake`,
    nodeIP: addresses.node,
    nodePort: kubeletPort,
    serverAddress: `${addresses.node}:${kubeletPort}`,
    tlsCertFile: join(paths.pki, 'kubelet-server.crt'),
    tlsPrivateKeyFile: join(paths.pki, 'kubelet-server.key'),
    nodeLeaseDurationSeconds: 40,
    nodeLeaseParallelism: 4,
    nodePlayStageParallelism: 4,
    podPlayStageParallelism: 8,
    podsOnNodeSyncParallelism: 4,
    enableDebuggingHandlers: true,
  };
  const documents = [
    JSON.stringify({ apiVersion: 'config.kwok.x-k8s.io/v1alpha1', kind: 'KwokConfiguration', options }),
    JSON.stringify({ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'ClusterLogs', metadata: { name: 'suites' }, spec: { logs: [{ containers: ['suite'], logsFile: file('suite.log') }] } }),
    ...(await Promise.all(stages.map(async (stage) => readFile(join(folder, stage), 'utf8')))),
  ];
  await writeFile(file('config.yaml'), documents.join('\n---\n'));
  startInNode(paths, 'kwok', [binary, '--config', file('config.yaml'), '--kubeconfig', kubeconfigOf(paths, 'admin')]);
  const amounts = { cpu: '10000', memory: '10Ti', pods: '10000' };
  const nodes = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `fake-${index}`, annotations: { [taint]: 'fake' }, labels: { ...label, 'kubernetes.io/hostname': `fake-${index}`, 'kubernetes.io/os': 'linux' } },
    spec: { taints: [{ key: taint, value: 'fake', effect: 'NoSchedule' }] },
    status: { allocatable: amounts, capacity: amounts },
  }));
  await writeFile(file('nodes.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: nodes }));
  const kubectl = async (...args: string[]): Promise<string> => run(join(paths.bin, 'kubectl'), args, { env: { KUBECONFIG: paths.kubeconfig } });
  await kubectl('create', '--filename', file('nodes.json'));
  await kubectl('wait', '--for=condition=Ready', 'node', '--selector=type=kwok', '--timeout=60s');
}
