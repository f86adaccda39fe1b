import { ApiException, BatchV1Api, CoreV1Api, type KubeConfig, type KubernetesObject, PatchStrategy, type V1Job, setHeaderOptions } from '@kubernetes/client-node';
import { batchesOf } from '../batches.ts';
import type { Clock } from '../ports/clock.ts';
import type { KubesuiteError } from '../errors.ts';
import type { Cluster, FollowOptions, FoundObjects, LogOptions, ReadLogOptions } from '../ports/cluster.ts';
import { statusOf, toClusterError } from './cluster-error.ts';
import { withDeadline } from './deadline.ts';
import { followLog } from './follow-log.ts';
import { listAllObjects } from './list-all-objects.ts';
import { ObjectFollower, type Told } from './object-follower.ts';
import { isTransient, retryDelayMs } from './retry-delay.ts';

/** The client waits five minutes for a server that accepts a request and says nothing. */
const requestDeadlineMs = 60_000;
/** For an API server that restarts. */
const patienceMs = 60_000;
/** How many objects are deleted at the same time. */
const batchSize = 8;

const applied = setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply);

/** The cluster that a kubeconfig points to. */
export class KubeCluster implements Cluster {
  readonly context: string;
  readonly server: string;
  readonly #config: KubeConfig;
  readonly #clock: Clock;
  readonly #core: CoreV1Api;
  readonly #batch: BatchV1Api;
  #hasAnswered = false;

  constructor(config: KubeConfig, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.#core = config.makeApiClient(CoreV1Api);
    this.#batch = config.makeApiClient(BatchV1Api);
    this.context = config.getCurrentContext();
    this.server = config.getCurrentCluster()?.server ?? '';
  }

  follow(options: FollowOptions): AsyncIterable<Told> {
    return new ObjectFollower(this.#config, this.#clock, options, (action, error) => this.#explain(action, error)).follow();
  }

  async readLog(options: ReadLogOptions): Promise<string> {
    const { pod, ...query } = options;
    return this.#askOnce(readLogAction(options), async () => this.#core.readNamespacedPodLog({ name: pod, ...query }));
  }

  async *followLog(options: LogOptions, signal: AbortSignal): AsyncIterable<string> {
    try {
      yield* followLog(this.#config, options, signal);
    } catch (error) {
      if (!signal.aborted) throw this.#explain(readLogAction(options), error);
    }
  }

  async readConfigMap(namespace: string, name: string) {
    return this.#ask(`get ConfigMap '${name}' in namespace '${namespace}'`, async () => absentAsUndefined(this.#core.readNamespacedConfigMap({ namespace, name })));
  }

  async readNode(name: string) {
    return this.#askOnce(`get node '${name}'`, async () => absentAsUndefined(this.#core.readNode({ name })));
  }

  async readNamespace(name: string) {
    return this.#askOnce(`get namespace '${name}'`, async () => absentAsUndefined(this.#core.readNamespace({ name })));
  }

  async listPods(namespace: string, labelSelector: string) {
    return (await this.#askOnce(`list pods in namespace '${namespace}'`, async () => this.#core.listNamespacedPod({ namespace, labelSelector }))).items;
  }

  async listEvents(namespace: string) {
    return (await this.#askOnce(`list events in namespace '${namespace}'`, async () => this.#core.listNamespacedEvent({ namespace }))).items;
  }

  async listJobs(namespace: string, labelSelector: string) {
    return (await this.#ask(`list Jobs in namespace '${namespace}'`, async () => this.#batch.listNamespacedJob({ namespace, labelSelector }))).items;
  }

  async listCronJobs(namespace: string, labelSelector: string) {
    return (await this.#ask(`list CronJobs in namespace '${namespace}'`, async () => this.#batch.listNamespacedCronJob({ namespace, labelSelector }))).items;
  }

  async createJob(namespace: string, job: V1Job) {
    return this.#askOnce(`create Job '${job.metadata?.name ?? ''}' in namespace '${namespace}'`, async () => this.#batch.createNamespacedJob({ namespace, body: job }));
  }

  /**
   * Helm 4 owns `suspend` by server-side apply. Whoever else writes it owns it from then on, and the next upgrade
   * would end in a conflict: so the field is taken, and then given up, which leaves it as it is and to nobody.
   */
  async releaseJob(namespace: string, { name, uid }: { readonly name: string; readonly uid: string }): Promise<void> {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, uid } };
    // 409 when the Job is gone, 422 when another one has its name: then the uid cannot be.
    const apply = async (body: object) => absentAsUndefined(this.#batch.patchNamespacedJob({ namespace, name, body, fieldManager: 'kubesuite', force: true }, applied), [404, 409, 422]);
    const action = `patch Job '${name}' in namespace '${namespace}'`;
    const started = await this.#ask(action, async () => apply({ ...job, spec: { suspend: false } }));
    if (started !== undefined) await this.#ask(action, async () => apply(job));
  }

  async deleteJobs(namespace: string, labelSelector: string): Promise<void> {
    const jobs = await this.listJobs(namespace, labelSelector);
    // Without a policy, the API server would leave the pods behind. 409: another Job has the name now.
    await this.#deleteEach(`delete Jobs in namespace '${namespace}'`, jobs, async (name, uid) =>
      absentAsUndefined(this.#batch.deleteNamespacedJob({ namespace, name, body: { propagationPolicy: 'Background', preconditions: { uid } } }), [404, 409]),
    );
  }

  async listAll(namespace: string, labelSelector: string): Promise<FoundObjects> {
    const action = `list objects in namespace '${namespace}'`;
    try {
      return await listAllObjects(this.#config, namespace, labelSelector, async (request) => this.#patiently(request));
    } catch (error) {
      throw this.#explain(action, error);
    }
  }

  async endPods(namespace: string, labelSelector: string, graceSeconds: number): Promise<void> {
    const { items } = await this.#ask(`list pods in namespace '${namespace}'`, async () => this.#core.listNamespacedPod({ namespace, labelSelector }));
    await this.#deleteEach(`delete pods in namespace '${namespace}'`, items, async (name) =>
      absentAsUndefined(this.#core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: graceSeconds })),
    );
  }

  async #deleteEach(action: string, objects: readonly KubernetesObject[], remove: (name: string, uid: string) => Promise<unknown>): Promise<void> {
    for (const batch of batchesOf(objects, batchSize)) {
      await Promise.all(batch.map(async ({ metadata }) => this.#ask(action, async () => remove(metadata?.name ?? '', metadata?.uid ?? ''))));
    }
  }

  /** For requests that are not to be sent twice, for callers who ask again themselves, and for those who go on without an answer. */
  async #askOnce<T>(action: string, request: () => Promise<T>): Promise<T> {
    try {
      return await this.#once(request);
    } catch (error) {
      throw this.#explain(action, error);
    }
  }

  async #ask<T>(action: string, request: () => Promise<T>): Promise<T> {
    try {
      return await this.#patiently(request);
    } catch (error) {
      throw this.#explain(action, error);
    }
  }

  /** An API server that has answered before, and is away for a moment, is asked again. */
  async #patiently<T>(request: () => Promise<T>): Promise<T> {
    const until = this.#clock.now().getTime() + patienceMs;
    for (let failures = 1; ; failures++) {
      try {
        return await this.#once(request);
      } catch (error) {
        const delayMs = retryDelayMs(error, failures);
        const isInTime = this.#clock.now().getTime() + delayMs < until;
        if (!isInTime || !isTransient(error) || !(this.#hasAnswered || statusOf(error) === 429)) throw error;
        await this.#clock.sleep(delayMs);
      }
    }
  }

  async #once<T>(request: () => Promise<T>): Promise<T> {
    const answer = await withDeadline(this.#clock, requestDeadlineMs, request());
    this.#hasAnswered = true;
    return answer;
  }

  #explain(action: string, error: unknown): KubesuiteError {
    return toClusterError(error, { action, server: this.server });
  }
}

function readLogAction({ namespace, pod }: LogOptions): string {
  return `get pods/log of '${pod}' in namespace '${namespace}'`;
}

async function absentAsUndefined<T>(request: Promise<T>, absent: readonly number[] = [404]): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiException && absent.includes(error.code)) return undefined;
    throw error;
  }
}
