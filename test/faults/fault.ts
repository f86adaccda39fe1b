import type { FaultScene } from './support/fault-scene.ts';

/** What became of a run, in the words of its report. */
export interface Outcome {
  /** By suite: `passed`, or `error: pod-deleted`. Empty: there is no report. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly exitCode: number | undefined;
}

/** Something that goes wrong, and what must become of it. The table in docs/reliability.md is made of these. */
export interface Fault {
  /** What is done. */
  readonly title: string;
  /** What happens then, in a sentence or two. */
  readonly happens: string;
  readonly expected: Outcome;
  /** Only these run in `npm test`; the others take minutes. */
  readonly quick: boolean;
  /** Runs suites, does harm meanwhile, and tells what became of them. */
  readonly act: (scene: FaultScene) => Promise<Outcome>;
}

/** For faults that are like another one, or take long: only `npm run test:faults` acts them out. */
export function slow(fault: Fault): Fault {
  return { ...fault, quick: false };
}

/** Faults of one place. */
export interface FaultGroup {
  readonly title: string;
  /** `shared`: only the namespace of the test is harmed; `own`: the whole node. */
  readonly node: 'shared' | 'own';
  readonly faults: readonly Fault[];
}

/** A suite that is broken by itself. All of these are suites of one run. */
export interface BrokenSuite {
  readonly title: string;
  readonly happens: string;
  /** Key in the config. */
  readonly key: string;
  readonly suite: object;
  readonly expected: string;
}
