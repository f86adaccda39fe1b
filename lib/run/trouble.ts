import { eventEvidence, jobEvidence, podEvidence, statusEvidence, type Evidence } from './diagnosis/evidence.ts';
import { findContainerTrouble } from './diagnosis/find-container-trouble.ts';
import { findDisruption } from './diagnosis/find-disruption.ts';
import { findRefusal } from './diagnosis/find-refusal.ts';
import { hopelessSeconds } from './diagnosis/finding.ts';
import type { ErrorCause } from './events.ts';
import type { ClusterEventSnapshot, PodSnapshot, QueueSnapshot } from './observed.ts';
import { findQuotaWait } from './diagnosis/quota-wait.ts';
import type { AttemptState, SuiteState } from './run-state.ts';
import { findHold } from './start-hold.ts';

/** Why a suite is not getting on, and how long that may last before it is an error. */
export interface Trouble {
  readonly cause: ErrorCause;
  readonly message: string;
  readonly graceSeconds: number;
  /** A queue moves while other suites of the run hold the room: its grace starts when they ended. */
  readonly queues: boolean;
  /** The pod that does not get on; absent: the suite waits for one. */
  readonly pod?: string;
  /** What the cluster says of it. */
  readonly evidence?: readonly Evidence[];
}

/** Room for the kubelet to stop the suite, the collector to pack and the status to arrive. */
const endGraceSeconds = 90;
/** How much later than a Job its pod may be seen. */
const lateSeconds = 10;
/** The Job controller is not told when a quota has room again: it tries after 1 s, 2 s, 4 s … up to 60 s. */
const quotaGraceSeconds = 90;
/** The Job controller waits 10 s, 20 s, 40 s … up to 10 min between attempts. */
const longestBackoffSeconds = 600;

/** How long a suite may wait in a queue in which nothing moves, unless the user says otherwise. */
export const defaultQueueTimeoutSeconds = 3600;

/** What the suite waits for now. */
export function findTrouble(suite: SuiteState, queueTimeoutSeconds: number = defaultQueueTimeoutSeconds): Trouble {
  const { contract } = suite.planned;
  const start = contract.startTimeoutSeconds;
  const attempt = suite.attempts.at(-1);
  if (suite.job === undefined) {
    return { cause: 'job-missing', message: `Job ${suite.planned.job} does not exist.`, graceSeconds: start, queues: false };
  }
  if (suite.job.suspended && suite.job.queue !== undefined) {
    return { cause: 'queue', message: queueMessage(suite.job.queue, suite.queue), graceSeconds: queueTimeoutSeconds, queues: true, ...queueEvidence(suite) };
  }
  if (suite.job.suspended && suite.hold === undefined && attempt !== undefined) {
    return { cause: 'pod-deleted', message: 'The Job was suspended while its suite ran, which ends its pod.', graceSeconds: start, queues: false, evidence: [statusEvidence('Job', suite.job.name, 'Suspended', 'spec.suspend is true.', '')] };
  }
  if (suite.job.suspended) return findHold(suite.hold, start, queueTimeoutSeconds);
  const { condition } = suite.job;
  if (condition !== undefined && (attempt === undefined || (condition.type === 'Complete' && attempt.results !== undefined))) {
    const wait = attempt === undefined ? findQuotaWait(latestRefusal(suite)?.message ?? '', suite.quotas) : undefined;
    const message = `The Job is ${condition.type} (${condition.reason} ${condition.message}), but no pod shows it${wait === undefined ? '' : `: it was ${wait.message}`}.`;
    return { cause: wait === undefined ? 'job-failed' : 'quota', message, graceSeconds: lateSeconds, queues: false, evidence: jobEvidence(suite.job) };
  }
  if (attempt === undefined) return withoutPod(suite, start, queueTimeoutSeconds);
  const { pod } = attempt;
  if (pod.deleted && !pod.gone && pod.suite.state === 'running') {
    return { cause: 'node-lost', message: `Pod ${pod.name} was told to end, and its node (${pod.node}) does not end it.`, graceSeconds: endGraceSeconds, queues: false, evidence: findDisruption(pod, attempt.node)?.evidence ?? [podEvidence(pod)] };
  }
  if (pod.suite.state === 'terminated' || pod.phase === 'Failed' || pod.deleted) {
    if (attempt.results === undefined && pod.suite.state === 'terminated') {
      return { cause: 'lost-contact', message: `The results of pod ${pod.name} could not be collected.`, graceSeconds: endGraceSeconds * 2, queues: false, evidence: [podEvidence(pod)] };
    }
    return isRefusedAgain(suite, attempt)
      ? withoutPod(suite, start, queueTimeoutSeconds)
      : { cause: 'start-timeout', message: 'The Job controller did not start another pod.', graceSeconds: start + longestBackoffSeconds, queues: false, evidence: [podEvidence(pod)] };
  }
  if (pod.suite.state === 'running') {
    return {
      cause: 'node-lost',
      message: `Pod ${pod.name} still counts as running ${endGraceSeconds} s after its timeout of ${contract.timeoutSeconds} s: its node (${pod.node}) does not answer.`,
      graceSeconds: contract.timeoutSeconds + endGraceSeconds,
      queues: false,
      pod: pod.name,
      evidence: [podEvidence(pod)],
    };
  }
  if (!pod.scheduled) {
    return { cause: 'unschedulable', message: pod.unschedulable || 'The pod is not scheduled yet.', graceSeconds: start, queues: true, pod: pod.name, evidence: [statusEvidence('Pod', pod.name, 'PodScheduled=False', pod.unschedulable, '')] };
  }
  return { ...starting(suite, pod, start), pod: pod.name };
}

/** Without the right to read Kueue's Workloads there is no reason to tell. */
function queueMessage(name: string, queue: QueueSnapshot | undefined): string {
  if (queue === undefined || queue.admitted || queue.message === '') return `The Job waits in queue '${name}' of Kueue.`;
  return `The Job waits in queue '${name}' of Kueue: ${queue.message.replace(/\.?$/, '.')}`;
}

function queueEvidence({ planned, queue }: SuiteState): Pick<Trouble, 'evidence'> {
  return queue === undefined || queue.message === '' ? {} : { evidence: [statusEvidence('Workload', planned.job, 'NotAdmitted', queue.message, '')] };
}

function withoutPod(suite: SuiteState, start: number, queueTimeoutSeconds: number): Trouble {
  const refusal = latestRefusal(suite);
  if (refusal === undefined) {
    return { cause: 'start-timeout', message: 'The Job controller has not created a pod yet.', graceSeconds: start, queues: true };
  }
  const wait = findQuotaWait(refusal.message, suite.quotas);
  if (wait !== undefined) {
    const graceSeconds = wait.hopeless ? Math.min(start, hopelessSeconds) : wait.own ? queueTimeoutSeconds : Math.max(start, quotaGraceSeconds);
    return { cause: 'quota', message: wait.message, graceSeconds, queues: !wait.hopeless, evidence: [eventEvidence(refusal)] };
  }
  const { graceSeconds = start, ...found } = findRefusal(refusal);
  return { ...found, graceSeconds: Math.min(start, graceSeconds), queues: false };
}

/** Whether the pod of a retry was refused, after the last one ended. */
function isRefusedAgain(suite: SuiteState, { pod }: AttemptState): boolean {
  const refusal = latestRefusal(suite);
  return refusal !== undefined && Date.parse(refusal.at) > Date.parse(pod.suite.finishedAt ?? pod.createdAt);
}

function latestRefusal({ events }: SuiteState): ClusterEventSnapshot | undefined {
  return events.findLast(({ reason, object }) => reason === 'FailedCreate' && object.startsWith('Job/'));
}

function starting(suite: SuiteState, pod: PodSnapshot, start: number): Trouble {
  const found = findContainerTrouble(pod, suite.events);
  if (found !== undefined) return { ...found, graceSeconds: Math.min(start, found.graceSeconds ?? start), queues: false };
  if (pod.guard?.state === 'running') {
    return { cause: 'guard-failed', message: `The network guard of pod ${pod.name} does not end; its log says what it waits for.`, graceSeconds: start + endGraceSeconds, queues: false };
  }
  const latest = suite.events.findLast(({ object, reason }) => object === `Pod/${pod.name}` && (reason === 'Pulling' || reason === 'FailedCreatePodSandBox'));
  return {
    cause: 'start-timeout',
    message: latest?.message ?? 'The pod is starting.',
    graceSeconds: start,
    queues: false,
    evidence: latest === undefined ? [podEvidence(pod)] : [eventEvidence(latest)],
  };
}
