import { ApiException, BatchV1Api, CoreV1Api, CustomObjectsApi, type KubeConfig, type KubernetesListObject, type KubernetesObject, PatchStrategy, type V1Job, setHeaderOptions } from '@kubernetes/client-node';
import type { Clock } from '../ports/clock.ts';
import type { KubesuiteError } from '../errors.ts';
import type { Change, Cluster, Contact, FollowOptions, FoundObjects, Listed, LogOptions, QueuedWorkload, ReadLogOptions } from '../ports/cluster.ts';
import { AsyncQueue } from './async-queue.ts';
import { isDenied, statusOf, toClusterError } from './cluster-error.ts';
import { withDeadline } from './deadline.ts';
import { followLog } from './follow-log.ts';
import { listAllObjects } from './list-all-objects.ts';
import { isTransient, retryDelayMs } from './retry-delay.ts';
import { watchResource } from './watch-resource.ts';
import type { WatchedResource } from './watched-resource.ts';

/** The client waits five minutes for a server that accepts a request and says nothing. */
const requestDeadlineMs = 60_000;
/** For an API server that restarts. */
const patienceMs = 60_000;

const kueue = { group: 'kueue.x-k8s.io', version: 'v1beta1' } as const;
const apis: Readonly<Record<Change['kind'], string>> = { jobs: 'apis/batch/v1', pods: 'api/v1', events: 'api/v1', resourcequotas: 'api/v1', workloads: `apis/${kueue.group}/${kueue.version}` };

/** Without the right to read these, or in a cluster that does not know them, a run goes on. */
const optional: ReadonlySet<Change['kind']> = new Set(['workloads', 'resourcequotas']);
const applied = setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply);

type Told = Change | Listed | Contact;

/** The cluster that a kubeconfig points to. */
export class KubeCluster implements Cluster {
  readonly context: string;
  readonly server: string;
  readonly #config: KubeConfig;
  readonly #clock: Clock;
  readonly #core: CoreV1Api;
  readonly #batch: BatchV1Api;
  readonly #custom: CustomObjectsApi;
  #hasAnswered = false;

  constructor(config: KubeConfig, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.#core = config.makeApiClient(CoreV1Api);
    this.#batch = config.makeApiClient(BatchV1Api);
    this.#custom = config.makeApiClient(CustomObjectsApi);
    this.context = config.getCurrentContext();
    this.server = config.getCurrentCluster()?.server ?? '';
  }

  async *follow(options: FollowOptions): AsyncIterable<Told> {
    const queue = new AsyncQueue<Told | Error>();
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    options.signal.addEventListener('abort', () => queue.close(), { once: true });
    void this.#watchAll(options, queue, signal).then(
      () => queue.close(),
      (error: unknown) => {
        queue.push(this.#explain(`list and watch ${options.kinds.join(', ')} in namespace '${options.namespace}'`, error));
        queue.close();
      },
    );
    try {
      for await (const change of queue) {
        if (change instanceof Error) throw change;
        yield change;
      }
    } finally {
      stop.abort();
    }
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
    const remove = async (): Promise<unknown> =>
      Promise.all(
        jobs.map(async ({ metadata }) =>
          absentAsUndefined(
            // Without a policy, the API server would leave the pods behind.
            this.#batch.deleteNamespacedJob({ namespace, name: metadata?.name ?? '', body: { propagationPolicy: 'Background', preconditions: { uid: metadata?.uid } } }),
          ),
        ),
      );
    await this.#ask(`delete Jobs in namespace '${namespace}'`, remove);
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
    const action = `delete pods in namespace '${namespace}'`;
    const { items } = await this.#ask(action, async () => this.#core.listNamespacedPod({ namespace, labelSelector }));
    const end = async (): Promise<unknown> =>
      Promise.all(items.map(async ({ metadata }) => absentAsUndefined(this.#core.deleteNamespacedPod({ namespace, name: metadata?.name ?? '', gracePeriodSeconds: graceSeconds }))));
    await this.#ask(action, end);
  }

  /** For requests that are not to be sent twice, and for callers who ask again themselves. */
  async #askOnce<T>(action: string, request: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(this.#clock, requestDeadlineMs, request());
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
        const answer = await withDeadline(this.#clock, requestDeadlineMs, request());
        this.#hasAnswered = true;
        return answer;
      } catch (error) {
        const delayMs = retryDelayMs(error, failures);
        const isInTime = this.#clock.now().getTime() + delayMs < until;
        if (!isInTime || !isTransient(error) || !(this.#hasAnswered || statusOf(error) === 429)) throw error;
        await this.#clock.sleep(delayMs);
      }
    }
  }

  #explain(action: string, error: unknown): KubesuiteError {
    return toClusterError(error, { action, server: this.server });
  }

  /** One list after the other: whoever sees a Job has seen its pods. */
  async #watchAll(options: FollowOptions, queue: AsyncQueue<Told | Error>, signal: AbortSignal): Promise<void> {
    const watches: Promise<void>[] = [];
    const lost = new Map<Change['kind'], string>();
    for (const kind of options.kinds) {
      const listed = Promise.withResolvers<void>();
      const onContact = (failure: unknown): void => {
        const before = lost.size;
        if (failure === undefined) lost.delete(kind);
        else lost.set(kind, this.#explain(`list and watch ${kind}`, failure).message);
        if ((before > 0) !== (lost.size > 0)) queue.push({ type: 'contact', lost: [...lost.values()].at(0) });
      };
      const watch = this.#watch(kind, options, queue, signal, { onListed: listed.resolve, onContact });
      watches.push(watch);
      await Promise.race([listed.promise, watch]);
    }
    queue.push({ type: 'listed' });
    await Promise.all(watches);
  }

  async #watch(
    kind: Change['kind'],
    { namespace, labelSelector }: FollowOptions,
    queue: AsyncQueue<Told | Error>,
    signal: AbortSignal,
    { onListed, onContact }: Pick<WatchedResource<KubernetesObject>, 'onListed' | 'onContact'>,
  ): Promise<void> {
    const handlers = {
      onListed,
      onPresent: (object: Change['object']) => queue.push({ kind, type: 'present', object } as Change),
      onDeleted: (object: Change['object']) => queue.push({ kind, type: 'deleted', object } as Change),
      onContact,
    };
    const selector = kind === 'jobs' || kind === 'pods' ? labelSelector : undefined;
    if (optional.has(kind) && !(await this.#mayList(kind, namespace))) return;
    const watching = watchResource(
      this.#config,
      { path: `/${apis[kind]}/namespaces/${encodeURIComponent(namespace)}/${kind}`, labelSelector: selector, list: async () => this.#list(kind, namespace, selector), ...handlers },
      this.#clock,
      signal,
    );
    await (optional.has(kind) ? watching.catch(ignoreDenied) : watching);
  }

  /** A reason to wait is good to know, but nothing depends on it. */
  async #mayList(kind: Change['kind'], namespace: string): Promise<boolean> {
    return this.#list(kind, namespace, undefined).then(
      () => true,
      (error: unknown) => statusOf(error) !== 403 && statusOf(error) !== 404,
    );
  }

  async #list(kind: Change['kind'], namespace: string, labelSelector: string | undefined) {
    const list =
      kind === 'jobs'
        ? await this.#batch.listNamespacedJob({ namespace, labelSelector })
        : kind === 'pods'
          ? await this.#core.listNamespacedPod({ namespace, labelSelector })
          : kind === 'workloads'
            ? ((await this.#custom.listNamespacedCustomObject({ ...kueue, namespace, plural: kind })) as KubernetesListObject<QueuedWorkload>)
            : kind === 'resourcequotas'
              ? await this.#core.listNamespacedResourceQuota({ namespace })
              : await this.#core.listNamespacedEvent({ namespace });
    return { items: list.items, resourceVersion: list.metadata?.resourceVersion ?? '' };
  }
}

function ignoreDenied(error: unknown): void {
  if (!isDenied(error)) throw error;
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
