import type { V1Pod } from '@kubernetes/client-node';
import type { Case } from './case.ts';
import type { Kubectl } from './kubectl.ts';
import { collector, image, shell, suiteJob } from './objects.ts';
import { hasFailed, isDisrupted, isGone, podIs, wasDisrupted } from './recording.ts';

const thing = 'example.com/thing';
const lostNode = 'kubesuite-lost';
const eviction = ({ metadata }: V1Pod): string => JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: metadata?.name, namespace: metadata?.namespace } });

async function evict(kubectl: Kubectl, pod: V1Pod): Promise<void> {
  await kubectl.create(`/api/v1/namespaces/${pod.metadata?.namespace ?? ''}/pods/${pod.metadata?.name ?? ''}/eviction`, eviction(pod));
}

/** A resource of which the node has one, so that nothing else is preempted. */
async function patchNode(cluster: Kubectl, op: 'add' | 'remove', value?: string): Promise<void> {
  const patch = ['capacity', 'allocatable'].map((list) => ({ op, path: `/status/${list}/${thing.replace('/', '~1')}`, value }));
  await cluster('patch', 'node', 'node', '--subresource=status', '--type=json', `--patch=${JSON.stringify(patch)}`);
}

/** As `kubectl drain` does with this one pod; the node takes no pods for a moment only. */
async function drain(kubectl: Kubectl, pod: V1Pod): Promise<void> {
  await kubectl.cluster('cordon', pod.spec?.nodeName ?? '');
  await evict(kubectl, pod);
}

/** So that the end can be seen. */
const slowly = { terminationGracePeriodSeconds: 3 };
const hog = shell('exec tail /dev/zero', { resources: { limits: { memory: '32Mi' } } });
const onSignal = (line: string): string => `trap '${line}' TERM; while :; do sleep 1 & wait $!; done`;

export const endCases: Readonly<Record<string, Case>> = {
  'suite-oom': { job: suiteJob(hog), until: hasFailed },
  'collector-oom': {
    job: suiteJob(shell('sleep 2'), { terminationGracePeriodSeconds: 10, ...collector(onSignal('exec tail /dev/zero'), { resources: { limits: { memory: '32Mi' } } }) }),
    until: podIs(({ status }) => status?.phase === 'Succeeded' && status.initContainerStatuses?.[0]?.state?.terminated !== undefined),
  },
  'pod-deadline': { job: suiteJob(shell('sleep 60'), { activeDeadlineSeconds: 4 }), until: hasFailed },
  'disk-of-volume-full': {
    job: suiteJob(shell('dd if=/dev/zero of=/v/x bs=1M count=20; sleep 120', { volumeMounts: [{ name: 'v', mountPath: '/v' }] }), { volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }] }),
    until: hasFailed,
  },
  'disk-of-container-full': { job: suiteJob(shell('dd if=/dev/zero of=/x bs=1M count=20; sleep 120', { resources: { limits: { 'ephemeral-storage': '4Mi' } } })), until: hasFailed },
  evicted: { job: suiteJob(shell('sleep 120'), slowly), act: evict, until: wasDisrupted, withNode: true },
  drained: { exclusive: true, job: suiteJob(shell('sleep 120'), slowly), act: drain, until: wasDisrupted, withNode: true, after: async ({ cluster }) => void (await cluster('uncordon', 'node')) },
  preempted: {
    exclusive: true,
    before: async ({ cluster }) => {
      await patchNode(cluster, 'add', '1');
      await cluster.apply({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'kubesuite-diagnosis' }, value: 1000 });
    },
    job: suiteJob(shell('sleep 120', { resources: { limits: { [thing]: '1' } } }), slowly),
    act: async (kubectl) => kubectl.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'important' }, spec: { priorityClassName: 'kubesuite-diagnosis', terminationGracePeriodSeconds: 0, containers: [shell('sleep 60', { resources: { limits: { [thing]: '1' } } })] } }),
    until: wasDisrupted,
    after: async ({ cluster }) => {
      await cluster('delete', 'priorityclass', 'kubesuite-diagnosis');
      await patchNode(cluster, 'remove');
    },
  },
  // No kubelet stands behind this node: what the control plane does about a silent one is real, the pod's status is set by hand.
  'node-lost': {
    exclusive: true,
    before: async ({ cluster }) => cluster.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: lostNode } }),
    job: suiteJob(shell('sleep 120'), { nodeName: lostNode, tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 15 }, { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 15 }, { operator: 'Exists', effect: 'NoSchedule' }] }),
    actWhen: ({ pods }) => pods.length > 0,
    act: async (kubectl, pod) => {
      const startedAt = new Date().toISOString();
      const status = { phase: 'Running', startTime: startedAt, conditions: [{ type: 'PodScheduled', status: 'True' }], containerStatuses: [{ name: 'suite', image, imageID: '', ready: true, restartCount: 0, state: { running: { startedAt } } }] };
      await kubectl('patch', 'pod', pod.metadata?.name ?? '', '--subresource=status', `--patch=${JSON.stringify({ status })}`);
    },
    until: isDisrupted,
    withNode: true,
    after: async ({ cluster }) => void (await cluster('delete', 'node', lostNode)),
  },
  'pod-deleted': { job: suiteJob(shell('sleep 120'), slowly), act: async (kubectl, pod) => void (await kubectl('delete', 'pod', pod.metadata?.name ?? '', '--wait=false')), until: isGone },
  'job-deleted': { job: suiteJob(shell('sleep 120'), slowly), act: async (kubectl, pod) => void (await kubectl('delete', 'job', pod.metadata?.ownerReferences?.[0]?.name ?? '', '--wait=false')), until: (recording) => recording.jobDeleted && isGone(recording) },
  'namespace-deleted': { job: suiteJob(shell('sleep 120'), slowly), act: async ({ cluster }, _pod, namespace) => void (await cluster('delete', 'namespace', namespace, '--wait=false')), until: (recording) => recording.jobDeleted && isGone(recording) },
};
