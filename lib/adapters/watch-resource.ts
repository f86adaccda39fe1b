import { Watch, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import type { Clock } from '../ports/clock.ts';
import { isDenied, statusOf } from './cluster-error.ts';

export interface WatchedResource<T extends KubernetesObject> {
  readonly path: string;
  readonly labelSelector: string | undefined;
  list(): Promise<{ readonly items: readonly T[]; readonly resourceVersion: string }>;
  /** After each list, when all of it was told. */
  onListed(): void;
  onPresent(object: T): void;
  onDeleted(object: T): void;
}

/** 410 Gone: the API server has forgotten the version to resume from, so list again. */
const goneStatus = 410;
const retryDelayMs = 500;
/** The client ends a silent watch after 30 s; ask the server to end it a little earlier. */
const watchTimeoutSeconds = 25;

/** Lists, then watches and resumes until `signal` aborts. API trouble is retried; callers have deadlines of their own. */
export async function watchResource<T extends KubernetesObject>(
  config: KubeConfig,
  resource: WatchedResource<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map<string, T>();
  let version = '';
  while (!signal.aborted) {
    try {
      if (version === '') version = await relist(resource, known);
      const ended = await watchOnce(config, resource, version, known, signal);
      version = ended.gone ? '' : ended.version;
    } catch (error) {
      if (signal.aborted) return;
      if (statusOf(error) === goneStatus) version = '';
      if (isDenied(error)) throw error;
      await clock.sleep(retryDelayMs, signal);
    }
  }
}

async function relist<T extends KubernetesObject>(resource: WatchedResource<T>, known: Map<string, T>): Promise<string> {
  const { items, resourceVersion } = await resource.list();
  const present = new Set(items.map(uidOf));
  for (const [uid, object] of known) {
    if (present.has(uid)) continue;
    known.delete(uid);
    resource.onDeleted(object);
  }
  for (const item of items.toSorted(byAge)) {
    known.set(uidOf(item), item);
    resource.onPresent(item);
  }
  resource.onListed();
  return resourceVersion;
}

async function watchOnce<T extends KubernetesObject>(
  config: KubeConfig,
  { path, labelSelector, onPresent, onDeleted }: WatchedResource<T>,
  from: string,
  known: Map<string, T>,
  signal: AbortSignal,
): Promise<{ version: string; gone: boolean }> {
  let version = from;
  let gone = false;
  let failure: unknown;
  const query = { resourceVersion: from, labelSelector, allowWatchBookmarks: true, timeoutSeconds: watchTimeoutSeconds };
  await new Promise<void>((resolve, reject) => {
    const watching = new Watch(config).watch(
      path,
      query,
      (type: string, object: T & { code?: number }) => {
        if (type === 'ERROR') {
          gone = object.code === goneStatus;
          failure = gone ? undefined : object;
          return;
        }
        version = object.metadata?.resourceVersion ?? version;
        if (type === 'BOOKMARK') return;
        if (type === 'DELETED') {
          known.delete(uidOf(object));
          onDeleted(object);
          return;
        }
        known.set(uidOf(object), object);
        onPresent(object);
      },
      (error: unknown) => {
        // Without an error the server has ended the watch as it was asked to.
        if (error) reject(error);
        else resolve();
      },
    );
    abortWith(signal, watching).catch(reject);
  });
  // Whoever resumes at once after an error would ask for ever, as fast as it can.
  if (failure !== undefined) throw failure;
  return { version, gone };
}

/** Retries are numbered by the age of their pods; the API server lists them by name. */
function byAge(a: KubernetesObject, b: KubernetesObject): number {
  const created = ({ metadata }: KubernetesObject): number => new Date(metadata?.creationTimestamp ?? 0).getTime();
  return created(a) - created(b) || (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? '');
}

async function abortWith(signal: AbortSignal, watching: Promise<AbortController>): Promise<void> {
  const controller = await watching;
  if (signal.aborted) controller.abort();
  signal.addEventListener('abort', () => controller.abort(), { once: true });
}

function uidOf(object: KubernetesObject): string {
  return object.metadata?.uid ?? '';
}
