import { ApiException, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import type { Clock } from '../ports/clock.ts';
import { openStream } from './open-stream.ts';
import { uidOf, type WatchedResource, type WatchPosition } from './watched-resource.ts';

export interface WatchControl {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The API server has accepted the watch. */
  readonly onOpened: () => void;
}

interface WatchLine<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T & { readonly code?: number };
}

/** When the API server is asked to end a watch: one that does not end by then has lost its connection. */
const watchTimeoutSeconds = 25;
const openDeadlineMs = 15_000;
const endDeadlineMs = 30_000;

/** One watch, to its end, which moves the position. What was not read as a whole is sent again. */
export async function watchOnce<T extends KubernetesObject>(
  config: KubeConfig,
  { path, labelSelector, onPresent, onDeleted }: Pick<WatchedResource<T>, 'path' | 'labelSelector' | 'onPresent' | 'onDeleted'>,
  position: WatchPosition<T>,
  { clock, signal, onOpened }: WatchControl,
): Promise<void> {
  const { known, version: from } = position;
  const query = { watch: 'true', resourceVersion: from, allowWatchBookmarks: 'true', timeoutSeconds: String(watchTimeoutSeconds), ...(labelSelector !== undefined && { labelSelector }) };
  const deadline = new Deadline(clock);
  try {
    deadline.set(openDeadlineMs);
    const stream = await openStream(config, path, query, AbortSignal.any([signal, deadline.signal]));
    onOpened();
    deadline.set(endDeadlineMs);
    for await (const { type, object } of linesOf<T>(stream)) {
      if (type === 'ERROR') {
        throw new ApiException(object.code ?? 500, `watch of ${path}`, object, {});
      }
      if (type === 'DELETED') {
        known.delete(uidOf(object));
        onDeleted(object);
      } else if (type !== 'BOOKMARK') {
        known.set(uidOf(object), object);
        onPresent(object);
      }
      position.version = object.metadata?.resourceVersion ?? position.version;
    }
  } finally {
    deadline.clear();
  }
}

/** Aborts when the time is over that was set last. */
class Deadline {
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  #running = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  set(ms: number): void {
    this.clear();
    const running = new AbortController();
    this.#running = running;
    void this.#wait(ms, running.signal);
  }

  clear(): void {
    this.#running.abort();
  }

  async #wait(ms: number, cleared: AbortSignal): Promise<void> {
    await this.#clock.sleep(ms, cleared);
    if (!cleared.aborted) this.#controller.abort(new Error(`no answer within ${ms / 1000} s`));
  }
}

async function* linesOf<T>(stream: AsyncIterable<string>): AsyncIterable<WatchLine<T>> {
  let rest = '';
  for await (const text of stream) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchLine<T>;
  }
}
