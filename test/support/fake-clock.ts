import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../lib/ports/clock.ts';

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** Time that passes only by `advance`. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #sleepers: readonly Sleeper[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    await new Promise<void>((wake) => {
      this.#sleepers = [...this.#sleepers, { until: this.#now + ms, wake }];
      signal?.addEventListener('abort', () => wake(), { once: true });
    });
  }

  /** Lets `ms` pass in steps, so that whoever wakes can act and sleep again. */
  async advance(ms: number, stepMs = 50): Promise<void> {
    const end = this.#now + ms;
    while (this.#now < end) {
      await this.settle();
      this.#now = Math.min(end, this.#now + stepMs);
      const due = this.#sleepers.filter(({ until }) => until <= this.#now);
      this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
      for (const { wake } of due) wake();
    }
    await this.settle();
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await setImmediate();
  }
}
