import type { TestCounts } from '../report.ts';
import type { TestOutcome } from './test-outcome.ts';

/** Longer lines are no test points, and a log may have no line ends at all. */
const maxLineLength = 16 * 1024;

/** Counts tests in a log that comes in pieces, cut anywhere. */
export class LiveCounter {
  readonly #read: (line: string) => TestOutcome | undefined;
  readonly #counts: Record<TestOutcome, number> = { passed: 0, failed: 0, skipped: 0 };
  #rest = '';

  constructor(read: (line: string) => TestOutcome | undefined) {
    this.#read = read;
  }

  push(text: string): void {
    const lines = text.split('\n');
    lines[0] = this.#rest + (lines[0] ?? '');
    this.#rest = (lines.pop() ?? '').slice(0, maxLineLength);
    for (const line of lines) {
      const outcome = this.#read(line.slice(0, maxLineLength));
      if (outcome !== undefined) this.#counts[outcome]++;
    }
  }

  get counts(): TestCounts {
    const { passed, failed, skipped } = this.#counts;
    return { total: passed + failed + skipped, passed, failed, skipped };
  }
}
