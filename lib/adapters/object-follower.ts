import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import type { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Change, Contact, FollowOptions, Listed, WatchedKind } from '../ports/cluster.ts';
import { AsyncQueue } from './async-queue.ts';
import { isDenied, statusOf } from './cluster-error.ts';
import { withDeadline } from './deadline.ts';
import { watchResource } from './watch-resource.ts';
import { watchedKinds } from './watched-kinds.ts';
import type { WatchedResource } from './watched-resource.ts';

export type Told = Change | Listed | Contact;

type Explain = (action: string, error: unknown) => KubesuiteError;

/** For the look at whether an optional kind may be listed at all. Its list itself is asked for until it comes. */
const rightDeadlineMs = 10_000;

/** Follows the objects of one namespace: what is there, then what changes. */
export class ObjectFollower {
  readonly #config: KubeConfig;
  readonly #clock: Clock;
  readonly #options: FollowOptions;
  readonly #explain: Explain;
  readonly #queue = new AsyncQueue<Told | Error>();
  readonly #lost = new Map<WatchedKind, string>();

  constructor(config: KubeConfig, clock: Clock, options: FollowOptions, explain: Explain) {
    this.#config = config;
    this.#clock = clock;
    this.#options = options;
    this.#explain = explain;
  }

  async *follow(): AsyncIterable<Told> {
    const { kinds, namespace, signal } = this.#options;
    const stop = new AbortController();
    const until = AbortSignal.any([signal, stop.signal]);
    until.addEventListener('abort', () => this.#queue.close(), { once: true });
    void this.#watchAll(until).then(
      () => this.#queue.close(),
      (error: unknown) => {
        this.#queue.push(this.#explain(`list and watch ${kinds.join(', ')} in namespace '${namespace}'`, error));
        this.#queue.close();
      },
    );
    try {
      for await (const told of this.#queue) {
        if (told instanceof Error) throw told;
        yield told;
      }
    } finally {
      stop.abort();
    }
  }

  /** One list after the other: whoever sees a Job has seen its pods. */
  async #watchAll(signal: AbortSignal): Promise<void> {
    const watches: Promise<void>[] = [];
    for (const kind of this.#options.kinds) {
      const listed = Promise.withResolvers<void>();
      const watch = this.#watch(kind, signal, listed.resolve);
      watches.push(watch);
      await Promise.race([listed.promise, watch]);
    }
    this.#queue.push({ type: 'listed' });
    await Promise.all(watches);
  }

  async #watch(kind: WatchedKind, signal: AbortSignal, onListed: () => void): Promise<void> {
    const { path, isOptional, isLabelled, list } = watchedKinds[kind];
    const { namespace } = this.#options;
    const labelSelector = isLabelled ? this.#options.labelSelector : undefined;
    if (isOptional && !(await this.#mayList(kind))) return;
    const resource: WatchedResource<KubernetesObject> = {
      path: `/${path}/namespaces/${encodeURIComponent(namespace)}/${kind}`,
      labelSelector,
      list: async () => {
        const { items, metadata } = await list(this.#config, { namespace, labelSelector });
        return { items, resourceVersion: metadata?.resourceVersion ?? '' };
      },
      onListed,
      onPresent: (object) => this.#queue.push({ kind, type: 'present', object } as Change),
      onDeleted: (object) => this.#queue.push({ kind, type: 'deleted', object } as Change),
      onContact: (failure) => this.#noteContact(kind, failure),
    };
    const watching = watchResource(this.#config, resource, this.#clock, signal);
    await (isOptional ? watching.catch(ignoreDenied) : watching);
  }

  #noteContact(kind: WatchedKind, failure: unknown): void {
    const before = this.#lost.size;
    if (failure === undefined) this.#lost.delete(kind);
    else this.#lost.set(kind, this.#explain(`list and watch ${kind}`, failure).message);
    if ((before > 0) !== (this.#lost.size > 0)) this.#queue.push({ type: 'contact', lost: [...this.#lost.values()].at(0) });
  }

  async #mayList(kind: WatchedKind): Promise<boolean> {
    const { namespace } = this.#options;
    return withDeadline(this.#clock, rightDeadlineMs, watchedKinds[kind].list(this.#config, { namespace, limit: 1 })).then(
      () => true,
      (error: unknown) => statusOf(error) !== 403 && statusOf(error) !== 404,
    );
  }
}

function ignoreDenied(error: unknown): void {
  if (!isDenied(error)) throw error;
}
