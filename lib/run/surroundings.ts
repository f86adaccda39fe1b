import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import { nodeEvidence } from './diagnosis/find-disruption.ts';
import type { GraceExpired, RunEvent } from './events.ts';
import type { NodeSnapshot } from './observed.ts';
import { toNodeSnapshot } from './snapshots.ts';

/** Nothing waits for it longer: it explains a verdict, and never makes one. */
const deadlineMs = 3000;
/** How long nothing is asked then: a hundred pods of a lost node would hold up every other event for minutes. */
const pauseMs = 30_000;

/** Node and namespace of a pod that was taken away. Many users may read neither, and then nothing is added. */
export class Surroundings {
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #namespace: string;
  readonly #nodes = new Map<string, NodeSnapshot | undefined>();
  #pausedUntil = 0;

  constructor(cluster: Cluster, clock: Clock, namespace: string) {
    this.#cluster = cluster;
    this.#clock = clock;
    this.#namespace = namespace;
  }

  async explain(event: RunEvent): Promise<RunEvent> {
    if (event.type === 'job-observed') return event.job.deleted && (await this.#namespaceIsGone()) ? { ...event, namespaceDeleted: true } : event;
    if (event.type !== 'pod-observed') return event;
    const { pod } = event;
    const isDisrupted = pod.disruption !== '' || pod.reason === 'Evicted' || pod.reason === 'NodeLost';
    if (isDisrupted) {
      const node = await this.#readNode(pod.uid, pod.node);
      return node === undefined ? event : { ...event, node };
    }
    return pod.deleted && pod.deletedAt !== '' && (await this.#namespaceIsGone()) ? { ...event, namespaceDeleted: true } : event;
  }

  /** A node that does not answer says so itself, as far as its conditions go. */
  async explainExpired(event: GraceExpired, nodeName: string): Promise<GraceExpired> {
    if (event.cause !== 'node-lost') return event;
    const node = await this.#readNode(event.suite, nodeName);
    return { ...event, evidence: [...(event.evidence ?? []), ...nodeEvidence(node)] };
  }

  async #namespaceIsGone(): Promise<boolean> {
    const gone = async () => this.#cluster.readNamespace(this.#namespace).then((namespace) => namespace === undefined || namespace.metadata?.deletionTimestamp !== undefined);
    return (await this.#ask(gone)) ?? false;
  }

  async #readNode(key: string, name: string): Promise<NodeSnapshot | undefined> {
    if (name !== '' && !this.#nodes.has(key)) {
      const node = await this.#ask(async () => this.#cluster.readNode(name));
      this.#nodes.set(key, node && toNodeSnapshot(node));
    }
    return this.#nodes.get(key);
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (this.#clock.now().getTime() < this.#pausedUntil) return undefined;
    const answered = new AbortController();
    const silence = this.#clock.sleep(deadlineMs, answered.signal).then(() => {
      if (!answered.signal.aborted) this.#pausedUntil = this.#clock.now().getTime() + pauseMs;
      return undefined;
    });
    try {
      return await Promise.race([question().catch(() => undefined), silence]);
    } finally {
      answered.abort();
    }
  }
}
