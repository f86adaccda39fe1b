import type { AttemptReport } from '../../../run/report.ts';
import type { TestCase, TestStatus } from '../../../run/results/test-case.ts';
import { isFailing } from './words.ts';

/** A test with what became of it in each attempt. */
export interface ComparedTest {
  /** As it was in the last attempt that has it. */
  readonly test: TestCase;
  /** In the order of the attempts; undefined: it is not in that one's results. */
  readonly statuses: readonly (TestStatus | undefined)[];
}

/** The tests of all attempts: what fails first, then what differed, then the others in their order. */
export function compareAttempts(attempts: readonly AttemptReport[]): readonly ComparedTest[] {
  const found = new Map<string, { test: TestCase; statuses: (TestStatus | undefined)[] }>();
  for (const [index, { tests }] of attempts.entries()) {
    const seen = new Map<string, number>();
    for (const test of tests) {
      const name = JSON.stringify([test.group, test.name]);
      // Some formats give the same name twice: the first one is another test than the second.
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      const key = `${name}${times}`;
      const entry = found.get(key) ?? { test, statuses: attempts.map(() => undefined) };
      entry.test = test;
      entry.statuses[index] = test.status;
      found.set(key, entry);
    }
  }
  return [...found.values()].toSorted((a, b) => weight(a) - weight(b));
}

function weight({ test, statuses }: ComparedTest): number {
  if (isFailing(test)) return 0;
  return new Set(statuses).size > 1 ? 1 : 2;
}
