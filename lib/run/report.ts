import type { Evidence } from './diagnosis/evidence.ts';
import type { Attachment, CollectedFile, ErrorCause, RunInfo } from './events.ts';
import type { ClusterEventSnapshot } from './observed.ts';
import type { AttemptPhase } from './phases.ts';
import type { TestCase } from './results/test-case.ts';

/** What is said of a suite or run. `failed` and `timedout` are the tests, `error` is the infrastructure; what is `skipped` was not started. */
export type Verdict = 'passed' | 'flaky' | 'failed' | 'timedout' | 'error' | 'skipped' | 'interrupted';

/** The whole run, as reporters and `report.json` see it. All times come from the cluster where it knows them. */
export interface RunReport {
  /** Version of this format. */
  readonly version: 1;
  /** What was run, and where. */
  readonly run: RunInfo;
  /** The worst of the suites' verdicts, or `interrupted`. */
  readonly verdict: Verdict;
  /** What `kubesuite run` exits with. */
  readonly exitCode: number;
  /** When the first Job was made, ISO 8601. */
  readonly startedAt: string;
  /** When the last suite ended, ISO 8601. */
  readonly endedAt: string;
  /** Milliseconds from start to end. */
  readonly durationMs: number;
  /** In the order of the release's list; each shard is one. */
  readonly suites: readonly SuiteReport[];
  /** Sums of all suites. */
  readonly totals: Totals;
  /** What reporters threw; absent when nothing. It changes no verdict, but a lost report file is exit code 3 where it would be 0. */
  readonly reporterErrors?: readonly string[];
}

/** Sums of a run. */
export interface Totals {
  /** Number of suites by verdict. */
  readonly suites: Readonly<Record<Verdict, number>>;
  /** Number of tests. */
  readonly tests: TestCounts;
}

/** Numbers of tests. */
export interface TestCounts {
  /** All of them. */
  readonly total: number;
  /** Passed. */
  readonly passed: number;
  /** Failed or broke. */
  readonly failed: number;
  /** Skipped or to do. */
  readonly skipped: number;
}

/** What became of one suite, or of one shard of it. */
export interface SuiteReport {
  /** Key of the suite, `worker` or `worker-2`. */
  readonly key: string;
  /** Name in the config. */
  readonly suite: string;
  /** Which of how many shards, from 1. */
  readonly shard?: { readonly index: number; readonly total: number };
  /** Name of its type. */
  readonly type: string;
  /** Words to select it by. */
  readonly tags: readonly string[];
  /** Name of its Job. */
  readonly job: string;
  /** What is said of it. */
  readonly verdict: Verdict;
  /** Set when the verdict is `error`; also names what a failure contradicts. */
  readonly cause?: ErrorCause;
  /** One sentence for a human. */
  readonly message: string;
  /** Set when there is a cause. */
  readonly diagnosis?: Diagnosis;
  /** Of the last attempt's suite container. */
  readonly durationMs: number;
  /** When the Job was made, ISO 8601. */
  readonly queuedAt?: string;
  /** When its container first started, ISO 8601. */
  readonly startedAt?: string;
  /** When the last attempt ended, ISO 8601. */
  readonly endedAt?: string;
  /** Counts of the last attempt. */
  readonly tests: TestCounts;
  /** Every pod of the Job, in order. */
  readonly attempts: readonly AttemptReport[];
  /** Warnings of the cluster about this suite. */
  readonly events: readonly WarningReport[];
  /** Files about the suite as a whole: its Job, events, logs of the services that it uses. Complete at the end of the run. */
  readonly attachments: readonly Attachment[];
}

/** Why the infrastructure is to blame, and what to do. */
export interface Diagnosis {
  /** The cause as a short sentence without a full stop. */
  readonly title: string;
  /** What to do. */
  readonly hint: string;
  /** Command lines that help with it. */
  readonly commands: readonly string[];
  /** Section of the documentation: `docs/guide/verdicts.md#image-pull`. */
  readonly docs: string;
  /** What the cluster said. */
  readonly evidence: readonly Evidence[];
}

/** A warning of the cluster. `at` is when it came first; how often it came since depends on who looks when. */
export type WarningReport = Omit<ClusterEventSnapshot, 'count' | 'firstAt'>;

/** One pod of a suite. */
export interface AttemptReport {
  /** 1 … n, in the order of pod creation. */
  readonly number: number;
  /** Name of the pod. */
  readonly pod: string;
  /** Name of its node; empty: never scheduled. */
  readonly node: string;
  /** What is said of this attempt. */
  readonly verdict: Verdict;
  /** Why the infrastructure is to blame. */
  readonly cause?: ErrorCause;
  /** One sentence for a human. */
  readonly message: string;
  /** Set when there is a cause. */
  readonly diagnosis?: Diagnosis;
  /** Of the suite container, once it ended. */
  readonly exitCode?: number;
  /** When the suite container started, ISO 8601. */
  readonly startedAt?: string;
  /** When it ended, ISO 8601. */
  readonly endedAt?: string;
  /** Milliseconds of the suite container. */
  readonly durationMs: number;
  /** What the time of this attempt went into, in order and without gaps. */
  readonly phases: readonly AttemptPhase[];
  /** Every test of the results. */
  readonly tests: readonly TestCase[];
  /** Numbers of tests. */
  readonly counts: TestCounts;
  /** Relative to the run folder. */
  readonly log?: string;
  /** Last lines of the log. */
  readonly logTail: string;
  /** `path` is relative to the run folder. */
  readonly files: readonly CollectedFile[];
  /** Files about this attempt: its pod and the events of it. Complete at the end of the run. */
  readonly attachments: readonly Attachment[];
}
