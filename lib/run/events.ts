import type { SuiteContract } from '../config/contract.ts';
import type { Evidence } from './diagnosis/evidence.ts';
import type { ClusterEventSnapshot, JobSnapshot, NodeSnapshot, PodDemand, PodSnapshot, QueueSnapshot } from './observed.ts';
import type { AttemptReport, TestCounts } from './report.ts';
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
  | TestsCounted
  | ClusterEventObserved
  | QueueObserved
  | ResultsCollected
  | LogCollected
  | EvidenceCollected
  | GraceExpired
  | StartHeld
  | SuiteReleased
  | SuiteSkipped
  | ContactChanged
  | RunInterrupted
  | RunEnded;

/** The run is known: first event of every log. */
export interface RunStarted {
  /** Tells the events apart. */
  readonly type: 'run-started';
  /** Version of the log format. */
  readonly version: number;
  /** Observer's clock, ISO 8601. */
  readonly at: string;
  /** What is run, and where. */
  readonly run: RunInfo;
  /** Every Job that the release lists. */
  readonly suites: readonly PlannedSuite[];
}

/** What is run, and where. */
export interface RunInfo {
  /** Run id given to the chart, or the release name when none was given. */
  readonly id: string;
  /** Name of the Helm release. */
  readonly release: string;
  /** Namespace of the release. */
  readonly namespace: string;
  /** kubeconfig context of the cluster. */
  readonly context: string;
  /** Name and version of the chart. */
  readonly chart: string;
  /** Ids of the runs that this one was merged of, the earliest first. */
  readonly merged?: readonly string[];
}

/** A Job that the release lists. */
export interface PlannedSuite {
  /** Key of the suite, `worker` or `worker-2`. */
  readonly key: string;
  /** Name of the Job. */
  readonly job: string;
  /** Uid of the Job: its name can have belonged to an earlier one. */
  readonly uid: string;
  /** What the Job promises. */
  readonly contract: SuiteContract;
  /** What its pod asks of quotas; only in a run whose start is controlled. */
  readonly demand?: PodDemand;
  /** The release lists the Job, and it does not exist. */
  readonly missing?: boolean;
  /** Attempts of the suite in runs before this one; only where runs were merged. */
  readonly earlier?: readonly AttemptReport[];
}

/** A Job is new or changed. */
export interface JobObserved {
  /** Tells the events apart. */
  readonly type: 'job-observed';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** What was seen of it. */
  readonly job: JobSnapshot;
  /** The Job is gone because its namespace is. */
  readonly namespaceDeleted?: boolean;
}

/** A pod of a suite is new or changed. */
export interface PodObserved {
  /** Tells the events apart. */
  readonly type: 'pod-observed';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** What was seen of it. */
  readonly pod: PodSnapshot;
  /** Its node, where that may be to blame and may be read. */
  readonly node?: NodeSnapshot;
  /** The pod is gone because its namespace is. */
  readonly namespaceDeleted?: boolean;
}

/** What a running suite has printed of its tests so far; only where somebody watches, and no result. */
export interface TestsCounted {
  /** Tells the events apart. */
  readonly type: 'tests-counted';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** Name of the pod. */
  readonly pod: string;
  /** Numbers of tests. */
  readonly counts: TestCounts;
}

/** A Kubernetes Event about the suite's Job or pod. */
export interface ClusterEventObserved {
  /** Tells the events apart. */
  readonly type: 'cluster-event-observed';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** What the Event says. */
  readonly event: ClusterEventSnapshot;
}

/** What the queue says that the suite's Job waits in. */
export interface QueueObserved {
  /** Tells the events apart. */
  readonly type: 'queue-observed';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** What was seen of it. */
  readonly queue: QueueSnapshot;
}

/** The results of a pod were read, or cannot be. */
export interface ResultsCollected {
  /** Tells the events apart. */
  readonly type: 'results-collected';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** Name of the pod. */
  readonly pod: string;
  /** What became of them. */
  readonly outcome: ResultsOutcome;
}

/** The log of a pod was saved. */
export interface LogCollected {
  /** Tells the events apart. */
  readonly type: 'log-collected';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** Name of the pod. */
  readonly pod: string;
  /** Relative to the run folder. */
  readonly path: string;
  /** Size of the saved log. */
  readonly bytes: number;
  /** The last lines, for reports. */
  readonly tail: string;
}

/** Something that explains why a suite is not green was saved, or could not be read. */
export interface EvidenceCollected {
  /** Tells the events apart. */
  readonly type: 'evidence-collected';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** Name of the suite's pod that it is about; absent: the whole suite. */
  readonly pod?: string;
  /** What was saved. */
  readonly attachment: Attachment;
  /** Size of the file. */
  readonly bytes: number;
}

/** A file that explains why a suite is not green. */
export interface Attachment {
  /** What it holds. */
  readonly kind: 'log' | 'pod' | 'job' | 'events' | 'service-log' | 'service-events';
  /** What it is, for people: `log of pod redis-0, container redis`. */
  readonly title: string;
  /** Name of the service of the config that it is about. */
  readonly service?: string;
  /** Relative to the run folder; absent: it could not be read, and `note` says why. */
  readonly path?: string;
  /** What is missing in it, and why. */
  readonly note?: string;
}

/** The runner gave up waiting for something that did not get better within its grace time. */
export interface GraceExpired {
  /** Tells the events apart. */
  readonly type: 'grace-expired';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** What it would have waited for. */
  readonly cause: ErrorCause;
  /** One sentence for a human. */
  readonly message: string;
  /** What the cluster said of it. */
  readonly evidence?: readonly Evidence[];
}

/** The Job stays suspended for now. */
export interface StartHeld {
  /** Tells the events apart. */
  readonly type: 'start-held';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** Suites that must pass first, room in a quota, the end of other suites (`--max-workers`), or the end of its own pod, which was suspended while it ran. */
  readonly waitsFor: 'needs' | 'quota' | 'workers' | 'pod';
  /** One sentence for a human. */
  readonly message: string;
}

/** The suspended Job was told to start. */
export interface SuiteReleased {
  /** Tells the events apart. */
  readonly type: 'suite-released';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
}

/** The suite is not started in this run. */
export interface SuiteSkipped {
  /** Tells the events apart. */
  readonly type: 'suite-skipped';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly suite: string;
  /** One sentence for a human. */
  readonly message: string;
}

/** The API server stopped to answer, or answers again. */
export interface ContactChanged {
  /** Tells the events apart. */
  readonly type: 'contact-changed';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Why it does not answer, in one sentence; absent: it answers again. */
  readonly lost?: string;
}

/** Somebody stopped the run. */
export interface RunInterrupted {
  /** Tells the events apart. */
  readonly type: 'run-interrupted';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
  /** Name of the signal. */
  readonly signal: string;
}

/** Nothing more will happen: last event of every complete log. */
export interface RunEnded {
  /** Tells the events apart. */
  readonly type: 'run-ended';
  /** Clock of whoever observed it, ISO 8601. */
  readonly at: string;
}

/** Why the infrastructure is to blame; each has its section in docs/guide/verdicts.md. */
export type ErrorCause =
  | 'image-pull'
  | 'unschedulable'
  | 'quota'
  | 'queue'
  | 'limit-range'
  | 'pod-security'
  | 'webhook'
  | 'rejected'
  | 'missing-config'
  | 'volume'
  | 'container-start'
  | 'start-timeout'
  | 'service-unreachable'
  | 'policy-not-enforced'
  | 'guard-failed'
  | 'oom-killed'
  | 'disk-full'
  | 'evicted'
  | 'drained'
  | 'preempted'
  | 'node-lost'
  | 'pod-deleted'
  | 'job-deleted'
  | 'namespace-deleted'
  | 'job-missing'
  | 'job-failed'
  | 'collector-failed'
  | 'results-missing'
  | 'results-truncated'
  | 'results-invalid'
  | 'results-too-large'
  | 'no-tests'
  | 'log-unavailable'
  | 'log-denied'
  | 'lost-contact';

/** What became of the results that a suite declared. */
export type ResultsOutcome = (
  | { readonly ok: true; readonly tests: readonly TestCase[] }
  | {
      readonly ok: false;
      readonly cause: Extract<ErrorCause, `results-${string}` | 'collector-failed' | 'no-tests' | 'log-unavailable' | 'log-denied'>;
      readonly message: string;
    }
) & {
  /** What came out of the pod; when `ok` is false, what could be saved all the same. */
  readonly files: readonly CollectedFile[];
  /** When the collector was done, on the clock of the pod's node, ISO 8601. */
  readonly collectedAt?: string;
};

/** A file that came out of a pod. */
export interface CollectedFile {
  /** Relative to the attempt's `files/` folder. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
}
