import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import type { Clock } from '../ports/clock.ts';
import { isDenied, statusOf } from './cluster-error.ts';
import { withDeadline } from './deadline.ts';
import { retryDelayMs } from './retry-delay.ts';
import { watchOnce } from './watch-once.ts';
import { goneStatus, uidOf, type WatchedResource, type WatchPosition } from './watched-resource.ts';

const listDeadlineMs = 30_000;
/** A watch that ends sooner was no watch: whoever resumes at once would ask as fast as it can. */
const shortestWatchMs = 1000;
/** An API server that has just come up may not know yet who may do what. */
const denialGraceMs = 30_000;

/** Lists, then watches and resumes until `signal` aborts. API trouble is retried; callers have deadlines of their own. */
export async function watchResource<T extends KubernetesObject>(
  config: KubeConfig,
  resource: WatchedResource<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const position: WatchPosition<T> = { version: '', known: new Map() };
  const contact = new ContactLog(clock, resource);
  while (!signal.aborted) {
    contact.begin();
    try {
      if (position.version === '') {
        position.version = await relist(resource, position.known, clock);
        contact.answered();
      }
      const openedAt = clock.now().getTime();
      await watchOnce(config, resource, position, { clock, signal, onOpened: () => contact.answered() });
      if (clock.now().getTime() - openedAt < shortestWatchMs) await clock.sleep(shortestWatchMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (statusOf(error) === goneStatus) position.version = '';
      await clock.sleep(contact.failed(error), signal);
    }
  }
}

/** Tells whether the API server answers, and how long to wait before it is asked again. */
class ContactLog {
  readonly #clock: Clock;
  readonly #resource: Pick<WatchedResource<KubernetesObject>, 'onContact'>;
  #hasAnswered = false;
  #answersNow = false;
  #failures = 0;
  #deniedSince: number | undefined;

  constructor(clock: Clock, resource: Pick<WatchedResource<KubernetesObject>, 'onContact'>) {
    this.#clock = clock;
    this.#resource = resource;
  }

  begin(): void {
    this.#answersNow = false;
  }

  answered(): void {
    this.#hasAnswered = true;
    this.#answersNow = true;
    this.#failures = 0;
    this.#deniedSince = undefined;
    this.#resource.onContact(undefined);
  }

  /** @throws the error, when no later answer would be another one */
  failed(error: unknown): number {
    const now = this.#clock.now().getTime();
    if (isDenied(error)) {
      this.#deniedSince ??= now;
      if (!this.#hasAnswered || now - this.#deniedSince > denialGraceMs) throw error;
    }
    this.#failures += 1;
    // A watch that was cut is no loss of contact yet: the next try tells.
    if (!this.#answersNow && statusOf(error) !== goneStatus) this.#resource.onContact(error);
    return retryDelayMs(error, this.#failures);
  }
}

async function relist<T extends KubernetesObject>(resource: WatchedResource<T>, known: Map<string, T>, clock: Clock): Promise<string> {
  const { items, resourceVersion } = await withDeadline(clock, listDeadlineMs, resource.list());
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

/** Retries are numbered by the age of their pods; the API server lists them by name. */
function byAge(a: KubernetesObject, b: KubernetesObject): number {
  const created = ({ metadata }: KubernetesObject): number => new Date(metadata?.creationTimestamp ?? 0).getTime();
  return created(a) - created(b) || (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? '');
}
