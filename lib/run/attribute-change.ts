import type { CoreV1Event, V1ObjectMeta } from '@kubernetes/client-node';
import type { Change } from '../ports/cluster.ts';
import type { PlannedSuite, RunEvent } from './events.ts';
import { toClusterEventSnapshot, toJobSnapshot, toPodSnapshot, toQueueSnapshot } from './snapshots.ts';

/** Turns changes of Kubernetes objects into run events, each for the suite it belongs to. */
export class ChangeAttribution {
  readonly #plannedByJob: ReadonlyMap<string, PlannedSuite>;
  readonly #keyByPod = new Map<string, string>();
  /** Events can come before the pod that they are about. */
  readonly #early = new Map<string, CoreV1Event[]>();
  readonly #last = new Map<string, string>();

  constructor(suites: readonly PlannedSuite[]) {
    this.#plannedByJob = new Map(suites.map((planned) => [planned.job, planned]));
  }

  toEvents(change: Change, at: string): readonly RunEvent[] {
    const deleted = change.type === 'deleted';
    switch (change.kind) {
      case 'jobs': {
        const suite = this.#find(change.object.metadata?.name, change.object.metadata?.uid);
        if (suite === undefined) return [];
        return this.#changed({ type: 'job-observed', at, suite, job: toJobSnapshot(change.object, deleted) });
      }
      case 'pods': {
        const suite = this.#findByOwner(change.object.metadata);
        if (suite === undefined) return [];
        const pod = toPodSnapshot(change.object, deleted);
        this.#keyByPod.set(pod.name, suite);
        const early = this.#early.get(pod.name) ?? [];
        this.#early.delete(pod.name);
        return [...this.#changed({ type: 'pod-observed', at, suite, pod }), ...early.map((event) => clusterEvent(event, suite, at))];
      }
      case 'workloads': {
        const suite = deleted ? undefined : this.#findByOwner(change.object.metadata);
        return suite === undefined ? [] : this.#changed({ type: 'queue-observed', at, suite, queue: toQueueSnapshot(change.object) });
      }
      case 'resourcequotas':
        return [];
      case 'events':
        return deleted ? [] : this.#clusterEvents(change.object, at);
    }
  }

  #clusterEvents(event: CoreV1Event, at: string): readonly RunEvent[] {
    const { kind, name = '', uid } = event.involvedObject;
    const suite = kind === 'Job' ? this.#find(name, uid) : kind === 'Pod' ? this.#keyByPod.get(name) : undefined;
    if (suite !== undefined) return [clusterEvent(event, suite, at)];
    if (kind === 'Pod' && this.#mayBeOurs(name)) this.#early.set(name, [...(this.#early.get(name) ?? []), event]);
    return [];
  }

  /** By uid as well: an earlier Job of the same name, its pods and Events can still be there. */
  #find(name: string | undefined, uid: string | undefined): string | undefined {
    const planned = this.#plannedByJob.get(name ?? '');
    return planned?.uid === uid ? planned?.key : undefined;
  }

  #findByOwner(metadata: V1ObjectMeta | undefined): string | undefined {
    const owner = metadata?.ownerReferences?.find(({ kind }) => kind === 'Job');
    return this.#find(owner?.name, owner?.uid);
  }

  #mayBeOurs(podName: string): boolean {
    return this.#plannedByJob.has(podName.replace(/-[a-z0-9]+$/, ''));
  }

  /** Most updates of an object change nothing that matters here. */
  #changed(event: Extract<RunEvent, { type: 'job-observed' | 'pod-observed' | 'queue-observed' }>): readonly RunEvent[] {
    const snapshot = event.type === 'job-observed' ? event.job : event.type === 'pod-observed' ? event.pod : event.queue;
    const text = JSON.stringify(snapshot);
    if (this.#last.get(snapshot.uid) === text) return [];
    this.#last.set(snapshot.uid, text);
    return [event];
  }
}

function clusterEvent(event: CoreV1Event, suite: string, at: string): RunEvent {
  return { type: 'cluster-event-observed', at, suite, event: toClusterEventSnapshot(event) };
}
