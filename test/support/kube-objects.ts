import type { CoreV1Event, V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';
import { suiteKey, type SuiteContract } from '../../lib/config/contract.ts';
import { annotations, labels } from '../../lib/constructs/labels.ts';

/** Objects as the API server would show them, reduced to what the run half reads. */
export function contractOf(suite: string, over: Partial<SuiteContract> = {}): SuiteContract {
  return {
    v: 1,
    suite,
    type: 'smoke',
    timeoutSeconds: 60,
    startTimeoutSeconds: 120,
    retries: 0,
    infraRetries: 1,
    tags: [],
    results: { from: 'stdout', format: 'tap' },
    ...over,
  };
}

export function jobOf(contract: SuiteContract, release = 'shop'): V1Job {
  const name = `${release}-${suiteKey(contract)}-r1`;
  return {
    metadata: {
      name,
      uid: `job-${name}`,
      creationTimestamp: new Date('2026-01-01T00:00:00Z'),
      labels: { [labels.release]: release, [labels.suite]: contract.suite },
      annotations: { [annotations.contract]: JSON.stringify(contract) },
    },
    status: {},
  };
}

export function podOf(job: V1Job, suite: V1ContainerStatus['state'], over: { attempt?: number; containerID?: string; status?: V1Pod['status']; collector?: V1ContainerStatus['state']; guard?: V1ContainerStatus['state'] } = {}): V1Pod {
  const attempt = over.attempt ?? 1;
  const name = `${job.metadata?.name ?? ''}-${attempt}`;
  const before = Object.entries({ 'network-guard': over.guard, collector: over.collector }).filter(([, state]) => state !== undefined);
  return {
    metadata: {
      name,
      uid: `pod-${name}`,
      creationTimestamp: new Date(Date.parse('2026-01-01T00:00:00Z') + attempt * 1000),
      labels: { ...job.metadata?.labels },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: job.metadata?.name ?? '', uid: job.metadata?.uid ?? '' }],
    },
    spec: { nodeName: 'node', containers: [{ name: 'suite' }], ...(before.length > 0 && { initContainers: before.map(([container]) => ({ name: container })) }) },
    status: {
      phase: 'Running',
      conditions: [{ type: 'PodScheduled', status: 'True' }],
      containerStatuses: [{ ...containerStatus('suite', suite), ...(over.containerID !== undefined && { containerID: over.containerID }) }],
      ...(before.length > 0 && { initContainerStatuses: before.map(([container, state]) => containerStatus(container, state)) }),
      ...over.status,
    },
  };
}

export function running(startedAt = '2026-01-01T00:00:02Z'): V1ContainerStatus['state'] {
  return { running: { startedAt: new Date(startedAt) } };
}

export function exited(exitCode: number, reason = exitCode === 0 ? 'Completed' : 'Error'): V1ContainerStatus['state'] {
  return {
    terminated: { exitCode, reason, startedAt: new Date('2026-01-01T00:00:02Z'), finishedAt: new Date('2026-01-01T00:00:05Z') },
  };
}

/** What a container that went wrong has left as its termination message. */
export function said(exitCode: number, message: string): V1ContainerStatus['state'] {
  return { terminated: { exitCode, message, reason: exitCode === 0 ? 'Completed' : 'Error' } };
}

export function waiting(reason: string, message = ''): V1ContainerStatus['state'] {
  return { waiting: { reason, message } };
}

export function eventOf(kind: string, name: string, reason: string, message: string): CoreV1Event {
  return {
    metadata: { uid: `event-${name}-${reason}` },
    involvedObject: { kind, name, uid: `${kind.toLowerCase()}-${name}` },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: new Date('2026-01-01T00:00:03Z'),
  };
}

function containerStatus(name: string, state: V1ContainerStatus['state']): V1ContainerStatus {
  return { name, image: 'x', imageID: 'x', ready: false, restartCount: 0, ...(state && { state }) };
}
