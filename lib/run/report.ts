import type { ClusterEventSnapshot, CollectedFile, ErrorCause, RunInfo } from './events.ts';
import type { TestCase } from './results/test-case.ts';

export type Verdict = 'passed' | 'flaky' | 'failed' | 'timedout' | 'error' | 'interrupted';

/** The whole run, as reporters and `report.json` see it. All times come from the cluster where it knows them. */
export interface RunReport {
  readonly version: 1;
  readonly run: RunInfo;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly suites: readonly SuiteReport[];
  readonly totals: Totals;
  /** What reporters threw; absent when nothing. It changes no verdict, but a lost report file is exit code 3 where it would be 0. */
  readonly reporterErrors?: readonly string[];
}

export interface Totals {
  readonly suites: Readonly<Record<Verdict, number>>;
  readonly tests: TestCounts;
}

export interface TestCounts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface SuiteReport {
  readonly key: string;
  readonly suite: string;
  readonly shard?: { readonly index: number; readonly total: number };
  readonly type: string;
  readonly tags: readonly string[];
  readonly job: string;
  readonly verdict: Verdict;
  /** Set when the verdict is `error`; also names what a failure contradicts. */
  readonly cause?: ErrorCause;
  /** One sentence for a human. */
  readonly message: string;
  /** Of the last attempt's suite container. */
  readonly durationMs: number;
  readonly queuedAt?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly tests: TestCounts;
  readonly attempts: readonly AttemptReport[];
  /** Warnings of the cluster about this suite. */
  readonly events: readonly ClusterEventSnapshot[];
}

export interface AttemptReport {
  /** 1 … n, in the order of pod creation. */
  readonly number: number;
  readonly pod: string;
  readonly node: string;
  readonly verdict: Verdict;
  readonly cause?: ErrorCause;
  readonly message: string;
  readonly exitCode?: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly durationMs: number;
  readonly tests: readonly TestCase[];
  readonly counts: TestCounts;
  /** Relative to the run folder. */
  readonly log?: string;
  readonly logTail: string;
  /** `path` is relative to the run folder. */
  readonly files: readonly CollectedFile[];
}
