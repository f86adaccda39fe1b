import type { CoreV1Event, V1ContainerState, V1Job, V1Namespace, V1Node, V1Pod } from '@kubernetes/client-node';

/** The objects of one case, as the API server has shown them. */
export interface Recording {
  readonly job: V1Job;
  readonly jobDeleted: boolean;
  readonly pods: readonly { readonly object: V1Pod; readonly deleted: boolean }[];
  readonly events: readonly CoreV1Event[];
  readonly node?: V1Node;
  /** `null`: it is gone. */
  readonly namespace?: V1Namespace | null;
}

export type Predicate = (recording: Recording) => boolean;

export function containerIs(state: keyof V1ContainerState, ...reasons: readonly string[]): Predicate {
  return ({ pods }) => pods.some(({ object: { status } }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some((container) => reasons.includes((container.state?.[state] as { reason?: string } | undefined)?.reason ?? '')));
}

export function eventIs(reason: string, text: RegExp = /(?:)/): Predicate {
  return ({ events }) => events.some((event) => event.reason === reason && text.test(event.message ?? ''));
}

export function podIs(test: (pod: V1Pod, deleted: boolean) => boolean): Predicate {
  return ({ pods }) => pods.some(({ object, deleted }) => test(object, deleted));
}

export const isRunning = podIs(({ status }) => status?.containerStatuses?.some(({ name, state }) => name === 'suite' && state?.running !== undefined) === true);
/** Ended, and every container with it. */
export const hasFailed = podIs(({ status }) => status?.phase === 'Failed');
export const isGone = podIs((_pod, deleted) => deleted);
export const isDisrupted = podIs(({ metadata, status }) => metadata?.deletionTimestamp !== undefined && status?.conditions?.some(({ type, status: is }) => type === 'DisruptionTarget' && is === 'True') === true);
/** Taken away by the cluster, to its end. */
export const wasDisrupted: Predicate = (recording) => isDisrupted(recording) && isGone(recording);
