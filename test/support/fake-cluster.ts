import type { CoreV1Event, V1ConfigMap, V1CronJob, V1Job, V1Namespace, V1Node, V1Pod } from '@kubernetes/client-node';
import { AsyncQueue } from '../../lib/adapters/async-queue.ts';
import type { StartMode } from '../../lib/config/start-modes.ts';
import { labels } from '../../lib/constructs/labels.ts';
import { containerNames, suiteSetKeys, suiteSetName } from '../../lib/constructs/names.ts';
import type { Change, Cluster, Contact, FollowOptions, FoundObjects, Listed, LogOptions, ReadLogOptions } from '../../lib/ports/cluster.ts';

/** A cluster whose objects a test sets by hand. */
export class FakeCluster implements Cluster {
  readonly context = 'fake';
  readonly server = 'https://127.0.0.1:1';
  readonly jobs = new Map<string, V1Job>();
  readonly pods = new Map<string, V1Pod>();
  /** By `pod/container`. */
  readonly logs = new Map<string, string>();
  /** The time of every line of the suites' logs. */
  logBegins = '2026-01-01T00:00:01.000000000Z';
  readonly cronJobs = new Map<string, V1CronJob>();
  readonly configMaps = new Map<string, V1ConfigMap>();
  readonly events: CoreV1Event[] = [];
  readonly nodes = new Map<string, V1Node>();
  namespaceDeleted = false;
  /** Names of the Jobs that were started, in order. */
  readonly released: string[] = [];
  /** Whether the beginning of a follow has an end: a slow API server has not told all yet. */
  listsAtOnce = true;
  #follower: AsyncQueue<Change | Listed | Contact> | undefined;
  readonly #backlog: Change[] = [];

  install(release: string, jobs: readonly V1Job[], start: StartMode = 'all'): void {
    const names = jobs.map(({ metadata }) => metadata?.name ?? '');
    this.configMaps.set(suiteSetName(release), {
      metadata: { labels: { [labels.release]: release } },
      data: { [suiteSetKeys.run]: 'r1', [suiteSetKeys.jobs]: names.join('\n'), [suiteSetKeys.chart]: 'shop-0.1.0', [suiteSetKeys.start]: start },
    });
    for (const job of jobs) this.change({ kind: 'jobs', type: 'present', object: job });
  }

  change(change: Change): void {
    const name = change.object.metadata?.name ?? '';
    if (change.kind === 'jobs') this.jobs.set(name, change.object);
    if (change.kind === 'pods') this.pods.set(name, change.object);
    if (change.kind === 'events') this.events.push(change.object);
    if (this.#follower) this.#follower.push(change);
    else this.#backlog.push(change);
  }

  pod(object: V1Pod, log?: string): void {
    if (log !== undefined) this.logs.set(`${object.metadata?.name ?? ''}/suite`, log);
    this.change({ kind: 'pods', type: 'present', object });
  }

  async *follow({ signal }: FollowOptions): AsyncIterable<Change | Listed | Contact> {
    const queue = new AsyncQueue<Change | Listed | Contact>();
    this.#follower = queue;
    signal.addEventListener('abort', () => queue.close(), { once: true });
    for (const change of this.#backlog.splice(0)) queue.push(change);
    if (this.listsAtOnce) this.endList();
    yield* queue;
  }

  endList(): void {
    this.#follower?.push({ type: 'listed' });
  }

  /** Undefined: the API server answers again. */
  loseContact(lost: string | undefined): void {
    this.#follower?.push({ type: 'contact', lost });
  }

  async readLog({ pod, container, previous, timestamps }: ReadLogOptions): Promise<string> {
    const log = this.logs.get(`${pod}/${container}${previous === true ? '/previous' : ''}`);
    if (log === undefined) throw new Error(`pods "${pod}" not found`);
    return timestamps === true && container === containerNames.suite ? log.replaceAll(/^/gm, `${this.logBegins} `) : log;
  }

  /** What is there; the collector layer asks again. */
  async *followLog(options: LogOptions): AsyncIterable<string> {
    yield await this.readLog(options);
  }

  async readConfigMap(_namespace: string, name: string): Promise<V1ConfigMap | undefined> {
    return this.configMaps.get(name);
  }

  async readNode(name: string): Promise<V1Node | undefined> {
    return this.nodes.get(name);
  }

  async readNamespace(name: string): Promise<V1Namespace | undefined> {
    return this.namespaceDeleted ? undefined : { metadata: { name } };
  }

  async listPods(_namespace: string, labelSelector: string): Promise<readonly V1Pod[]> {
    const wanted = labelSelector.split(',').map((pair) => pair.split('='));
    return [...this.pods.values()].filter(({ metadata }) => wanted.every(([key = '', value]) => metadata?.labels?.[key] === value));
  }

  async listEvents(): Promise<readonly CoreV1Event[]> {
    return this.events;
  }

  async listJobs(): Promise<readonly V1Job[]> {
    return [...this.jobs.values()];
  }

  async listCronJobs(): Promise<readonly V1CronJob[]> {
    return [...this.cronJobs.values()];
  }

  async createJob(_namespace: string, job: V1Job): Promise<V1Job> {
    const name = job.metadata?.name ?? '';
    const created = { ...job, metadata: { ...job.metadata, uid: `job-${name}`, creationTimestamp: new Date('2026-01-01T00:00:00Z') } };
    this.change({ kind: 'jobs', type: 'present', object: created });
    return created;
  }

  /** As the API server does; starting it is up to the test. */
  async releaseJob(_namespace: string, { name, uid }: { readonly name: string; readonly uid: string }): Promise<void> {
    const job = this.jobs.get(name);
    if (job === undefined || job.metadata?.uid !== uid) return;
    this.released.push(name);
    this.change({ kind: 'jobs', type: 'present', object: { ...job, spec: { template: {}, ...job.spec, suspend: false } } });
  }

  async deleteJobs(): Promise<void> {
    this.jobs.clear();
  }

  async listAll(): Promise<FoundObjects> {
    return { names: [...this.jobs.keys()].map((name) => `job/${name}`), deniedKinds: [] };
  }

  async endPods(): Promise<void> {
    this.pods.clear();
  }
}
