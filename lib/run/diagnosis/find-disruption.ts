import type { ErrorCause } from '../events.ts';
import type { NodeSnapshot, PodSnapshot } from '../observed.ts';
import { podEvidence, statusEvidence, type Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** The kubelet's words for a pod that has used more than it may, not for a node that is short of disk. */
const ownLimit = /ephemeral local storage usage exceeds|exceeded its local ephemeral storage limit|Usage of EmptyDir volume/;

/** How the cluster took the pod away; undefined when it did not. */
export function findDisruption(pod: PodSnapshot, node: NodeSnapshot | undefined): Finding | undefined {
  const cause = causeOf(pod, node);
  if (cause === undefined) return undefined;
  const evidence = [...(pod.reason === '' ? [] : [podEvidence(pod)]), ...disruptionEvidence(pod), ...nodeEvidence(node)];
  return { cause, message: sentenceOf(cause, pod), evidence };
}

function causeOf({ reason, message, disruption }: PodSnapshot, node: NodeSnapshot | undefined): ErrorCause | undefined {
  if (reason === 'Evicted') return ownLimit.test(message) ? 'disk-full' : 'evicted';
  switch (disruption) {
    case '':
      return reason === 'NodeLost' ? 'node-lost' : undefined;
    case 'PreemptionByScheduler':
      return 'preempted';
    case 'DeletionByTaintManager':
    case 'DeletionByPodGC':
      return 'node-lost';
    case 'EvictionByEvictionAPI':
      return node?.cordoned === true ? 'drained' : 'evicted';
    default:
      return 'evicted';
  }
}

function sentenceOf(cause: ErrorCause, { node, disruption, message }: PodSnapshot): string {
  const why = message === '' ? '.' : `: ${message.trim().replace(/\.?$/, '.')}`;
  switch (cause) {
    case 'disk-full':
      return `The pod used more disk than it may${why}`;
    case 'preempted':
      return `A pod of higher priority took the place on node ${node}${why}`;
    case 'node-lost':
      return `Node ${node} does not answer, so its pods were given up${why}`;
    case 'drained':
      return `Node ${node} was drained${why}`;
    default:
      return disruption === 'EvictionByEvictionAPI' ? `Somebody evicted the pod through the API${why}` : `The kubelet evicted the pod from node ${node}${why}`;
  }
}

function disruptionEvidence({ name, disruption, disruptionMessage, disruptedAt }: PodSnapshot): readonly Evidence[] {
  return disruption === '' ? [] : [statusEvidence('Pod', name, disruption, disruptionMessage, disruptedAt)];
}

export function nodeEvidence(node: NodeSnapshot | undefined): readonly Evidence[] {
  if (node === undefined) return [];
  const { name, cordoned, ready, pressures } = node;
  return [
    ...(ready.status === 'True' ? [] : [statusEvidence('Node', name, ready.reason || 'NotReady', ready.message, ready.at)]),
    ...(cordoned ? [statusEvidence('Node', name, 'Unschedulable', 'spec.unschedulable is true: the node is cordoned.', '')] : []),
    ...pressures.map((pressure) => statusEvidence('Node', name, pressure, '', '')),
  ];
}
