import type { CoreV1Event, V1Pod } from '@kubernetes/client-node';
import type { Change } from '../ports/cluster.ts';
import type { PlannedSuite, RunEvent } from './events.ts';
import { toClusterEventSnapshot, toJobSnapshot, toPodSnapshot } from './snapshots.ts';

/** Turns changes of Kubernetes objects into run events, each for the suite it belongs to. */
export class ChangeAttribution {
  readonly #keyByJob: ReadonlyMap<string, string>;
  readonly #keyByPod = new Map<string, string>();
  /** Events can come before the pod that they are about. */
  readonly #early = new Map<string, CoreV1Event[]>();
  readonly #last = new Map<string, string>();

  constructor(suites: readonly PlannedSuite[]) {
    this.#keyByJob = new Map(suites.map(({ job, key }) => [job, key]));
  }

  toEvents(change: Change, at: string): readonly RunEvent[] {
    const deleted = change.type === 'deleted';
    switch (change.kind) {
      case 'jobs': {
        const suite = this.#keyByJob.get(change.object.metadata?.name ?? '');
        if (suite === undefined) return [];
        return this.#changed({ type: 'job-observed', at, suite, job: toJobSnapshot(change.object, deleted) });
      }
      case 'pods': {
        const suite = this.#keyByJob.get(jobOf(change.object));
        if (suite === undefined) return [];
        const pod = toPodSnapshot(change.object, deleted);
        this.#keyByPod.set(pod.name, suite);
        const early = this.#early.get(pod.name) ?? [];
        this.#early.delete(pod.name);
        return [...this.#changed({ type: 'pod-observed', at, suite, pod }), ...early.map((event) => clusterEvent(event, suite, at))];
      }
      case 'events':
        return deleted ? [] : this.#clusterEvents(change.object, at);
    }
  }

  #clusterEvents(event: CoreV1Event, at: string): readonly RunEvent[] {
    const { kind, name = '' } = event.involvedObject;
    const suite = kind === 'Job' ? this.#keyByJob.get(name) : kind === 'Pod' ? this.#keyByPod.get(name) : undefined;
    if (suite !== undefined) return [clusterEvent(event, suite, at)];
    if (kind === 'Pod') this.#early.set(name, [...(this.#early.get(name) ?? []), event]);
    return [];
  }

  /** Most updates of an object change nothing that matters here. */
  #changed(event: Extract<RunEvent, { type: 'job-observed' | 'pod-observed' }>): readonly RunEvent[] {
    const snapshot = event.type === 'job-observed' ? event.job : event.pod;
    const text = JSON.stringify(snapshot);
    if (this.#last.get(snapshot.uid) === text) return [];
    this.#last.set(snapshot.uid, text);
    return [event];
  }
}

function clusterEvent(event: CoreV1Event, suite: string, at: string): RunEvent {
  return { type: 'cluster-event-observed', at, suite, event: toClusterEventSnapshot(event) };
}

function jobOf(pod: V1Pod): string {
  return pod.metadata?.labels?.['batch.kubernetes.io/job-name'] ?? pod.metadata?.labels?.['job-name'] ?? '';
}
