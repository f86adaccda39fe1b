import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import type { Change } from '../../ports/cluster.ts';

/** A namespace in trouble makes Events without end. */
const mostEvents = 5000;

/** The last that was seen of the objects of a run: one that is gone cannot be asked for any more. */
export class SeenObjects {
  readonly #pods = new Map<string, V1Pod>();
  readonly #jobs = new Map<string, V1Job>();
  readonly #events = new Map<string, CoreV1Event>();

  keep(change: Change): void {
    const { name = '', uid = '' } = change.object.metadata ?? {};
    if (change.kind === 'pods') this.#pods.set(name, change.object);
    if (change.kind === 'jobs') this.#jobs.set(name, change.object);
    if (change.kind !== 'events' || change.type === 'deleted') return;
    this.#events.delete(uid);
    this.#events.set(uid, change.object);
    const [oldest] = this.#events.keys();
    if (this.#events.size > mostEvents && oldest !== undefined) this.#events.delete(oldest);
  }

  pod(name: string): V1Pod | undefined {
    return this.#pods.get(name);
  }

  job(name: string): V1Job | undefined {
    return this.#jobs.get(name);
  }

  /** Of the whole namespace. */
  get events(): readonly CoreV1Event[] {
    return [...this.#events.values()];
  }
}
