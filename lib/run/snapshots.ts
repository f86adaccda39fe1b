import type { CoreV1Event, V1ContainerStatus, V1Job, V1Node, V1Pod, V1ResourceQuota } from '@kubernetes/client-node';
import { foreignLabels } from '../constructs/labels.ts';
import { containerNames } from '../constructs/names.ts';
import type { QueuedWorkload } from '../ports/cluster.ts';
import type { ClusterEventSnapshot, ContainerSnapshot, JobSnapshot, NodeSnapshot, PodSnapshot, QueueSnapshot, QuotaSnapshot } from './observed.ts';

/** The facts of a Job that a verdict can depend on. */
export function toJobSnapshot(job: V1Job, deleted: boolean): JobSnapshot {
  const terminal = job.status?.conditions?.find(
    (condition) => (condition.type === 'Complete' || condition.type === 'Failed') && condition.status === 'True',
  );
  const queue = job.metadata?.labels?.[foreignLabels.queue];
  return {
    name: job.metadata?.name ?? '',
    uid: job.metadata?.uid ?? '',
    createdAt: toIso(job.metadata?.creationTimestamp),
    deleted,
    // An upgrade of the chart suspends ended Jobs again, which changes nothing.
    suspended: job.spec?.suspend === true && terminal === undefined,
    ...(queue && { queue }),
    ...(terminal && {
      condition: {
        type: terminal.type === 'Complete' ? 'Complete' : 'Failed',
        reason: terminal.reason ?? '',
        message: terminal.message ?? '',
        at: toIso(terminal.lastTransitionTime),
      },
    }),
  };
}

/** Kueue reserves quota first, and admits when every admission check agrees too. */
const steps = ['QuotaReserved', 'Admitted'] as const;

export function toQueueSnapshot({ metadata, status }: QueuedWorkload): QueueSnapshot {
  const conditions = steps.map((step) => status?.conditions?.find(({ type }) => type === step));
  return {
    uid: metadata?.uid ?? '',
    admitted: conditions.at(-1)?.status === 'True',
    message: conditions.find((condition) => condition?.status === 'False')?.message ?? '',
  };
}

export function toQuotaSnapshot({ metadata, spec, status }: V1ResourceQuota): QuotaSnapshot {
  return {
    name: metadata?.name ?? '',
    hard: status?.hard ?? spec?.hard ?? {},
    used: status?.used ?? {},
    scopes: [
      ...(spec?.scopes ?? []).map((name) => ({ name, operator: 'Exists', values: [] })),
      ...(spec?.scopeSelector?.matchExpressions ?? []).map(({ scopeName, operator, values = [] }) => ({ name: scopeName, operator, values })),
    ],
  };
}

export function toPodSnapshot(pod: V1Pod, deleted: boolean): PodSnapshot {
  const status = pod.status;
  const scheduled = status?.conditions?.find((condition) => condition.type === 'PodScheduled');
  const disruption = status?.conditions?.find(
    (condition) => condition.type === 'DisruptionTarget' && condition.status === 'True',
  );
  return {
    name: pod.metadata?.name ?? '',
    uid: pod.metadata?.uid ?? '',
    createdAt: toIso(pod.metadata?.creationTimestamp),
    startedAt: toIso(status?.startTime),
    deleted: deleted || pod.metadata?.deletionTimestamp !== undefined,
    deletedAt: deletionOf(pod),
    gone: deleted,
    phase: status?.phase ?? 'Unknown',
    reason: status?.reason ?? '',
    message: status?.message ?? '',
    node: pod.spec?.nodeName ?? '',
    scheduled: scheduled?.status === 'True',
    ...(scheduled?.status === 'True' && scheduled.lastTransitionTime && { scheduledAt: toIso(scheduled.lastTransitionTime) }),
    unschedulable: scheduled?.status === 'False' ? (scheduled.message ?? scheduled.reason ?? '') : '',
    disruption: disruption?.reason ?? '',
    disruptionMessage: disruption?.message ?? '',
    disruptedAt: toIso(disruption?.lastTransitionTime),
    suite: toContainerSnapshot(status?.containerStatuses?.find(({ name }) => name === containerNames.suite)),
    ...initContainer(pod, 'collector'),
    ...initContainer(pod, 'guard'),
  };
}

export function toNodeSnapshot({ metadata, spec, status }: V1Node): NodeSnapshot {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return {
    name: metadata?.name ?? '',
    cordoned: spec?.unschedulable === true,
    ready: { status: ready?.status ?? 'Unknown', reason: ready?.reason ?? '', message: ready?.message ?? '', at: toIso(ready?.lastTransitionTime) },
    pressures: (status?.conditions ?? []).filter(({ type, status: is }) => type.endsWith('Pressure') && is === 'True').map(({ type }) => type),
  };
}

export function toClusterEventSnapshot(event: CoreV1Event): ClusterEventSnapshot {
  return {
    uid: event.metadata.uid ?? '',
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: event.count ?? event.series?.count ?? 1,
    firstAt: toIso(event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp),
    at: toIso(event.lastTimestamp ?? event.series?.lastObservedTime ?? event.eventTime ?? event.metadata.creationTimestamp),
    object: `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
  };
}

function toContainerSnapshot(status: V1ContainerStatus | undefined): ContainerSnapshot {
  const { waiting, running, terminated } = status?.state ?? {};
  // At the end of a pod the kubelet calls also those terminated that it had never made.
  if (terminated?.reason === 'ContainerStatusUnknown' && !status?.containerID) return { state: 'waiting', reason: 'PodInitializing', message: terminated.message ?? '' };
  if (terminated) {
    return {
      state: 'terminated',
      reason: terminated.reason ?? '',
      message: terminated.message ?? '',
      exitCode: terminated.exitCode,
      ...startTime(terminated.startedAt),
      finishedAt: toIso(terminated.finishedAt),
    };
  }
  if (running) return { state: 'running', reason: '', message: '', startedAt: toIso(running.startedAt) };
  if (waiting) return { state: 'waiting', reason: waiting.reason ?? '', message: waiting.message ?? '' };
  return { state: 'unknown', reason: '', message: '' };
}

/** A container whose command could not be started ends with a start time of 1970. */
function startTime(time: Date | string | undefined): { readonly startedAt?: string } {
  return time === undefined || new Date(time).getTime() === 0 ? {} : { startedAt: toIso(time) };
}

/** A pod without the container has no snapshot of it; one that has no status yet has an empty one. */
function initContainer<Key extends 'collector' | 'guard'>(pod: V1Pod, key: Key): { readonly [Name in Key]?: ContainerSnapshot } {
  const isIt = ({ name }: { readonly name: string }): boolean => name === containerNames[key];
  if (pod.spec?.initContainers?.some(isIt) !== true) return {};
  return { [key]: toContainerSnapshot(pod.status?.initContainerStatuses?.find(isIt)) } as { readonly [Name in Key]: ContainerSnapshot };
}

/** The API server keeps when the pod's grace period ends. */
function deletionOf({ metadata, spec }: V1Pod): string {
  if (metadata?.deletionTimestamp === undefined) return '';
  // At its end the kubelet sets the grace period to 0, and the time of the question is lost: then it is the earliest possible.
  const graceSeconds = metadata.deletionGracePeriodSeconds || (spec?.terminationGracePeriodSeconds ?? 0);
  return new Date(new Date(metadata.deletionTimestamp).getTime() - graceSeconds * 1000).toISOString();
}

/** A list gives dates and a watch gives texts; the same moment must be the same text. */
function toIso(time: Date | string | undefined): string {
  return time === undefined ? '' : new Date(time).toISOString();
}
