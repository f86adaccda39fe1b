import type { Judgement } from './attempt-verdict.ts';
import type { EvidenceCollected, GraceExpired, LogCollected, PlannedSuite, ResultsOutcome, RunEvent, RunInfo, StartHeld, SuiteSkipped } from './events.ts';
import type { ClusterEventSnapshot, JobSnapshot, NodeSnapshot, PodSnapshot, QueueSnapshot } from './observed.ts';
import { quotaOwners, type QuotaOwners } from './diagnosis/quota-wait.ts';
import type { TestCounts } from './report.ts';
import { judgeSuite } from './suite-verdict.ts';

export interface RunState {
  readonly run: RunInfo | undefined;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly interrupted: string;
  readonly suites: ReadonlyMap<string, SuiteState>;
}

export interface SuiteState {
  readonly planned: PlannedSuite;
  /** The same of all suites of a run. */
  readonly quotas: QuotaOwners;
  readonly job: JobSnapshot | undefined;
  /** What Kueue says of the Job, if it has one of its queues and the user may read it. */
  readonly queue: QueueSnapshot | undefined;
  /** Job or pod were seen to go with their namespace. */
  readonly namespaceDeleted: boolean;
  /** In the order of pod creation. */
  readonly attempts: readonly AttemptState[];
  readonly events: readonly ClusterEventSnapshot[];
  readonly expired: GraceExpired | undefined;
  /** Why its Job is still suspended, in a controlled run. */
  readonly hold: StartHeld | undefined;
  readonly skipped: SuiteSkipped | undefined;
  /** What was saved to explain the verdict, after it. */
  readonly evidence: readonly EvidenceCollected[];
  /** Once set it stays, whatever becomes of pod and Job: it has been told. */
  readonly verdict: Judgement | undefined;
}

export interface AttemptState {
  readonly pod: PodSnapshot;
  /** Its node, where that may be to blame. */
  readonly node: NodeSnapshot | undefined;
  /** What its log told of tests while it ran; no result. */
  readonly counted: TestCounts | undefined;
  readonly results: ResultsOutcome | undefined;
  readonly log: LogCollected | undefined;
}

export const emptyRun: RunState = { run: undefined, startedAt: '', endedAt: '', interrupted: '', suites: new Map() };

/** The state of a run is a fold of its events, live or replayed. */
export function reduceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run-started': {
      const quotas = quotaOwners(event.run.release, event.suites);
      return {
        ...state,
        run: event.run,
        startedAt: event.at,
        suites: new Map(event.suites.map((planned) => [planned.key, withVerdict(queued(planned, quotas))])),
      };
    }
    case 'contact-changed':
      return state;
    case 'run-interrupted':
      return { ...state, interrupted: event.signal };
    case 'run-ended':
      return { ...state, endedAt: event.at };
    default: {
      const suite = state.suites.get(event.suite);
      if (suite === undefined) return state;
      if (event.type === 'evidence-collected') return withSuite(state, { ...suite, evidence: withEvidence(suite.evidence, event) });
      if (suite.verdict !== undefined) return event.type === 'cluster-event-observed' ? withSuite(state, { ...suite, events: withClusterEvent(suite.events, event.event) }) : state;
      return withSuite(state, withVerdict(reduceSuite(suite, event)));
    }
  }
}

type SuiteEvent = Exclude<RunEvent, { type: 'evidence-collected' | 'run-started' | 'contact-changed' | 'run-interrupted' | 'run-ended' }>;

function reduceSuite(suite: SuiteState, event: SuiteEvent): SuiteState {
  switch (event.type) {
    case 'job-observed':
      return { ...suite, job: event.job, namespaceDeleted: suite.namespaceDeleted || event.namespaceDeleted === true };
    case 'queue-observed':
      return { ...suite, queue: event.queue };
    case 'pod-observed':
      return { ...suite, attempts: withPod(suite.attempts, event.pod, event.node), namespaceDeleted: suite.namespaceDeleted || event.namespaceDeleted === true };
    case 'cluster-event-observed':
      return { ...suite, events: withClusterEvent(suite.events, event.event) };
    case 'tests-counted':
      return { ...suite, attempts: withFacts(suite.attempts, event.pod, { counted: event.counts }) };
    case 'results-collected':
      return { ...suite, attempts: withFacts(suite.attempts, event.pod, { results: event.outcome }) };
    case 'log-collected':
      return { ...suite, attempts: withFacts(suite.attempts, event.pod, { log: event }) };
    case 'grace-expired':
      return { ...suite, expired: event };
    case 'start-held':
      return { ...suite, hold: event };
    case 'suite-released':
      return { ...suite, hold: undefined };
    case 'suite-skipped':
      return { ...suite, skipped: event };
  }
}

function withSuite(state: RunState, suite: SuiteState): RunState {
  return { ...state, suites: new Map(state.suites).set(suite.planned.key, suite) };
}

function queued(planned: PlannedSuite, quotas: QuotaOwners): SuiteState {
  return { planned, quotas, job: undefined, queue: undefined, namespaceDeleted: false, attempts: [], events: [], expired: undefined, evidence: [], hold: undefined, skipped: undefined, verdict: undefined };
}

function withVerdict(suite: SuiteState): SuiteState {
  return { ...suite, verdict: judgeSuite(suite) };
}

function withPod(attempts: readonly AttemptState[], pod: PodSnapshot, node: NodeSnapshot | undefined): readonly AttemptState[] {
  if (attempts.some((attempt) => attempt.pod.uid === pod.uid)) {
    // What was seen first of a deletion is the time of it: the kubelet moves it to its own end.
    return attempts.map((attempt) => (attempt.pod.uid === pod.uid ? { ...attempt, pod: { ...pod, deletedAt: attempt.pod.deletedAt || pod.deletedAt }, node: node ?? attempt.node } : attempt));
  }
  return [...attempts, { pod, node, counted: undefined, results: undefined, log: undefined }].toSorted(
    (a, b) => a.pod.createdAt.localeCompare(b.pod.createdAt) || a.pod.name.localeCompare(b.pod.name),
  );
}

function withFacts(
  attempts: readonly AttemptState[],
  podName: string,
  facts: Partial<AttemptState>,
): readonly AttemptState[] {
  return attempts.map((attempt) => (attempt.pod.name === podName ? { ...attempt, ...facts } : attempt));
}

/** In an order of its own: files are written side by side. */
function withEvidence(evidence: readonly EvidenceCollected[], event: EvidenceCollected): readonly EvidenceCollected[] {
  const orderOf = ({ pod = '', attachment }: EvidenceCollected): string => `${pod} ${attachment.path ?? ''} ${attachment.title}`;
  return [...evidence, event].toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

function withClusterEvent(
  events: readonly ClusterEventSnapshot[],
  event: ClusterEventSnapshot,
): readonly ClusterEventSnapshot[] {
  return [...events.filter(({ uid }) => uid !== event.uid), event];
}
