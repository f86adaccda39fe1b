import { containerNames } from '../constructs/names.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { PodSnapshot } from './observed.ts';

export interface LogBeginningsOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
}

/** A time with nanoseconds and zone is shorter. */
const longestTime = 64;

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

  /** Waits for the first line of a suite that runs. What cannot be read is tried again the next time. */
  async watch(pod: PodSnapshot, signal: AbortSignal): Promise<void> {
    if (this.#seen.has(pod.uid)) return;
    this.#seen.set(pod.uid, undefined);
    const { cluster, namespace } = this.#options;
    let begun = '';
    try {
      for await (const text of cluster.followLog({ namespace, pod: pod.name, container: containerNames.suite, timestamps: true }, signal)) {
        begun += text;
        if (begun.includes(' ') || begun.length > longestTime) break;
      }
      this.#seen.set(pod.uid, toTime(begun));
    } catch {
      this.#seen.delete(pod.uid);
    }
  }

  /** Whether the log is known to have lost its beginning. */
  async isCut(pod: PodSnapshot): Promise<boolean> {
    const first = this.#seen.get(pod.uid);
    if (first === undefined) return false;
    const { cluster, namespace } = this.#options;
    return toTime(await cluster.readLog({ namespace, pod: pod.name, container: containerNames.suite, timestamps: true, limitBytes: longestTime })) !== first;
  }
}

function toTime(text: string): string | undefined {
  const [time = ''] = text.split(' ', 1);
  return time === '' ? undefined : time;
}
