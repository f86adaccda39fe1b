import { ApiException, BatchV1Api, CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '../ports/clock.ts';
import type { Change, Cluster, FollowOptions, LogOptions } from '../ports/cluster.ts';
import { AsyncQueue } from './async-queue.ts';
import { followLog } from './follow-log.ts';
import { listAllObjects } from './list-all-objects.ts';
import { watchResource } from './watch-resource.ts';

/** The cluster that a kubeconfig points to. */
export class KubeCluster implements Cluster {
  readonly context: string;
  readonly server: string;
  readonly #config: KubeConfig;
  readonly #clock: Clock;
  readonly #core: CoreV1Api;
  readonly #batch: BatchV1Api;

  constructor(config: KubeConfig, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.#core = config.makeApiClient(CoreV1Api);
    this.#batch = config.makeApiClient(BatchV1Api);
    this.context = config.getCurrentContext();
    this.server = config.getCurrentCluster()?.server ?? '';
  }

  async *follow(options: FollowOptions): AsyncIterable<Change> {
    const queue = new AsyncQueue<Change | Error>();
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    options.signal.addEventListener('abort', () => queue.close(), { once: true });
    void this.#watchAll(options, queue, signal).then(
      () => queue.close(),
      (error: unknown) => {
        queue.push(error instanceof Error ? error : new Error(String(error)));
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

  async readLog({ namespace, pod, container }: LogOptions): Promise<string> {
    return this.#core.readNamespacedPodLog({ namespace, name: pod, container });
  }

  followLog(options: LogOptions, signal: AbortSignal): AsyncIterable<string> {
    return followLog(this.#config, options, signal);
  }

  async readConfigMap(namespace: string, name: string) {
    return absentAsUndefined(this.#core.readNamespacedConfigMap({ namespace, name }));
  }

  async listJobs(namespace: string, labelSelector: string) {
    return (await this.#batch.listNamespacedJob({ namespace, labelSelector })).items;
  }

  async listAll(namespace: string, labelSelector: string): Promise<readonly string[]> {
    return listAllObjects(this.#config, namespace, labelSelector);
  }

  /** One list after the other: whoever sees a Job has seen its pods. */
  async #watchAll(options: FollowOptions, queue: AsyncQueue<Change | Error>, signal: AbortSignal): Promise<void> {
    const watches: Promise<void>[] = [];
    for (const kind of options.kinds) {
      const listed = Promise.withResolvers<void>();
      const watch = this.#watch(kind, options, queue, signal, listed.resolve);
      watches.push(watch);
      await Promise.race([listed.promise, watch]);
    }
    await Promise.all(watches);
  }

  async #watch(
    kind: Change['kind'],
    { namespace, labelSelector }: FollowOptions,
    queue: AsyncQueue<Change | Error>,
    signal: AbortSignal,
    onListed: () => void,
  ): Promise<void> {
    const handlers = {
      onListed,
      onPresent: (object: Change['object']) => queue.push({ kind, type: 'present', object } as Change),
      onDeleted: (object: Change['object']) => queue.push({ kind, type: 'deleted', object } as Change),
    };
    const api = kind === 'jobs' ? 'apis/batch/v1' : 'api/v1';
    const selector = kind === 'events' ? undefined : labelSelector;
    await watchResource(
      this.#config,
      { path: `/${api}/namespaces/${encodeURIComponent(namespace)}/${kind}`, labelSelector: selector, list: async () => this.#list(kind, namespace, selector), ...handlers },
      this.#clock,
      signal,
    );
  }

  async #list(kind: Change['kind'], namespace: string, labelSelector: string | undefined) {
    const list =
      kind === 'jobs'
        ? await this.#batch.listNamespacedJob({ namespace, labelSelector })
        : kind === 'pods'
          ? await this.#core.listNamespacedPod({ namespace, labelSelector })
          : await this.#core.listNamespacedEvent({ namespace });
    return { items: list.items, resourceVersion: list.metadata?.resourceVersion ?? '' };
  }
}

async function absentAsUndefined<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}
