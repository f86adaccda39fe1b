import type { SuiteContract } from '../config/contract.ts';
import type { TestCase } from './results/test-case.ts';

/** Version of the event log; `report` refuses a newer one. */
export const eventLogVersion = 1;

/**
 * Everything that was observed of a run, as plain JSON. State, report and reporters are pure
 * functions of these; `events.jsonl` holds one a line. `suite` is a suite key (`worker-2`).
 */
export type RunEvent =
  | RunStarted
  | JobObserved
  | PodObserved
  | ClusterEventObserved
  | ResultsCollected
  | LogCollected
  | GraceExpired
  | RunInterrupted
  | RunEnded;

export interface RunStarted {
  readonly type: 'run-started';
  readonly version: number;
  /** Observer's clock, ISO 8601. */
  readonly at: string;
  readonly run: RunInfo;
  readonly suites: readonly PlannedSuite[];
}

export interface RunInfo {
  /** Run id given to the chart, or the release name when none was given. */
  readonly id: string;
  readonly release: string;
  readonly namespace: string;
  readonly context: string;
  readonly chart: string;
}

export interface PlannedSuite {
  readonly key: string;
  readonly job: string;
  /** Uid of the Job: its name can have belonged to an earlier one. */
  readonly uid: string;
  readonly contract: SuiteContract;
  /** The release lists the Job, and it does not exist. */
  readonly missing?: boolean;
}

export interface JobObserved {
  readonly type: 'job-observed';
  readonly at: string;
  readonly suite: string;
  readonly job: JobSnapshot;
}

export interface PodObserved {
  readonly type: 'pod-observed';
  readonly at: string;
  readonly suite: string;
  readonly pod: PodSnapshot;
}

/** A Kubernetes Event about the suite's Job or pod. */
export interface ClusterEventObserved {
  readonly type: 'cluster-event-observed';
  readonly at: string;
  readonly suite: string;
  readonly event: ClusterEventSnapshot;
}

export interface ResultsCollected {
  readonly type: 'results-collected';
  readonly at: string;
  readonly suite: string;
  readonly pod: string;
  readonly outcome: ResultsOutcome;
}

export interface LogCollected {
  readonly type: 'log-collected';
  readonly at: string;
  readonly suite: string;
  readonly pod: string;
  /** Relative to the run folder. */
  readonly path: string;
  readonly bytes: number;
  /** The last lines, for reports. */
  readonly tail: string;
}

/** The runner gave up waiting for something that did not get better within its grace time. */
export interface GraceExpired {
  readonly type: 'grace-expired';
  readonly at: string;
  readonly suite: string;
  readonly cause: ErrorCause;
  readonly message: string;
}

export interface RunInterrupted {
  readonly type: 'run-interrupted';
  readonly at: string;
  readonly signal: string;
}

export interface RunEnded {
  readonly type: 'run-ended';
  readonly at: string;
}

export interface JobSnapshot {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly deleted: boolean;
  readonly suspended: boolean;
  /** Terminal condition, when there is one. */
  readonly condition?: { readonly type: 'Complete' | 'Failed'; readonly reason: string; readonly message: string; readonly at: string };
}

export interface PodSnapshot {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  /** When the kubelet took it, from which its deadline counts. */
  readonly startedAt: string;
  readonly deleted: boolean;
  readonly phase: string;
  /** `DeadlineExceeded`, `Evicted`, `NodeLost` … */
  readonly reason: string;
  readonly message: string;
  readonly node: string;
  readonly scheduled: boolean;
  /** Message of the PodScheduled condition while it is False. */
  readonly unschedulable: string;
  /** Reason of the DisruptionTarget condition. */
  readonly disruption: string;
  readonly suite: ContainerSnapshot;
  readonly collector?: ContainerSnapshot;
}

export interface ContainerSnapshot {
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown';
  /** `ErrImagePull`, `CreateContainerConfigError`, `OOMKilled`, `Error` … */
  readonly reason: string;
  readonly message: string;
  readonly exitCode?: number;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface ClusterEventSnapshot {
  readonly uid: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly at: string;
  readonly object: string;
}

/** Infrastructure causes; each has its paragraph in docs/verdicts. */
export type ErrorCause =
  | 'image-pull'
  | 'unschedulable'
  | 'quota'
  | 'rejected'
  | 'missing-config'
  | 'container-start'
  | 'oom-killed'
  | 'evicted'
  | 'preempted'
  | 'node-lost'
  | 'pod-deleted'
  | 'job-missing'
  | 'job-failed'
  | 'start-timeout'
  | 'results-missing'
  | 'results-truncated'
  | 'results-invalid'
  | 'results-too-large'
  | 'no-tests'
  | 'log-unavailable'
  | 'log-denied'
  | 'lost-contact';

/** What became of the results that a suite declared. */
export type ResultsOutcome =
  | { readonly ok: true; readonly tests: readonly TestCase[]; readonly files: readonly CollectedFile[] }
  | {
      readonly ok: false;
      readonly cause: Extract<ErrorCause, `results-${string}` | 'no-tests' | 'log-unavailable' | 'log-denied'>;
      readonly message: string;
      /** What could be saved all the same. */
      readonly files: readonly CollectedFile[];
    };

export interface CollectedFile {
  /** Relative to the attempt's `files/` folder. */
  readonly path: string;
  readonly bytes: number;
}
