import { containerNames } from '../constructs/names.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { PodSnapshot } from './observed.ts';

export interface LogBeginningsOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly namespace: string;
}

/** A time with nanoseconds and zone is shorter. */
const longestTime = 64;
const firstPauseMs = 500;
const longestPauseMs = 5000;

/**
 * Remembers when the first line of a log was written. The kubelet keeps the newest part of a long log and does not say
 * that there was more: results in a log are whole only if its first line is still the one that was seen while it grew.
 */
export class LogBeginnings {
  readonly #options: LogBeginningsOptions;
  readonly #seen = new Map<string, string | undefined>();

  constructor(options: LogBeginningsOptions) {
    this.#options = options;
  }

  /** Waits for the first line for as long as the suite runs, also when something in between closes a connection that is silent. */
  async watch(pod: PodSnapshot, isRunning: () => boolean, signal: AbortSignal): Promise<void> {
    if (this.#seen.has(pod.uid)) return;
    this.#seen.set(pod.uid, undefined);
    for (let pause = firstPauseMs; isRunning() && !signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        const first = await this.#readFirst(pod, signal);
        this.#seen.set(pod.uid, first);
        if (first !== undefined) return;
      } catch (error) {
        // Asking again gives no other answer.
        if (error instanceof KubesuiteError && error.code === 'CLUSTER_DENIED') return;
      }
      await this.#options.clock.sleep(pause, signal);
    }
  }

  /** Whether the log is known to have lost its beginning. */
  async isCut(pod: PodSnapshot): Promise<boolean> {
    const first = this.#seen.get(pod.uid);
    if (first === undefined) return false;
    const { cluster, namespace } = this.#options;
    return toTime(await cluster.readLog({ namespace, pod: pod.name, container: containerNames.suite, timestamps: true, limitBytes: longestTime })) !== first;
  }

  async #readFirst(pod: PodSnapshot, signal: AbortSignal): Promise<string | undefined> {
    const { cluster, namespace } = this.#options;
    let begun = '';
    for await (const text of cluster.followLog({ namespace, pod: pod.name, container: containerNames.suite, timestamps: true }, signal)) {
      begun += text;
      if (begun.includes(' ') || begun.length > longestTime) break;
    }
    return toTime(begun);
  }
}

/** Undefined: not all of it is there. */
function toTime(text: string): string | undefined {
  const end = text.indexOf(' ');
  return end === -1 ? undefined : text.slice(0, end);
}
