import type { SuiteContract } from '../config/contract.ts';
import { containerNames } from '../constructs/names.ts';
import { containerEvidence, podEvidence, statusEvidence, type Evidence } from './diagnosis/evidence.ts';
import type { ErrorCause, ResultsOutcome } from './events.ts';
import type { PodSnapshot } from './observed.ts';
import type { Verdict } from './report.ts';
import { guardOverdue, judgeGuard } from './guard-verdict.ts';
import { countTests } from './test-counts.ts';
import type { AttemptState } from './run-state.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly cause?: ErrorCause;
  readonly message: string;
  /** What the cluster said of the cause. */
  readonly evidence?: readonly Evidence[];
}

/** The verdict of one pod, or undefined while it can still change. */
export function judgeAttempt(attempt: AttemptState, contract: SuiteContract): Judgement | undefined {
  const { pod, results } = attempt;
  if (pod.suite.state !== 'terminated') return judgeUnfinished(pod, contract);
  if (results === undefined) {
    return pod.deleted && pod.phase !== 'Succeeded' && pod.phase !== 'Failed' ? podDeleted(pod) : undefined;
  }
  // A container whose child was killed says OOMKilled too; it counts when the suite did not survive it.
  if (pod.suite.reason === 'OOMKilled' && pod.suite.exitCode !== 0) {
    return { verdict: 'error', cause: 'oom-killed', message: 'The suite container was killed because it used more memory than its limit.', evidence: [suiteEvidence(pod)] };
  }
  if (cannotStart(pod)) {
    return { verdict: 'error', cause: 'container-start', message: pod.suite.message || `The suite container could not start: ${pod.suite.reason}.`, evidence: [suiteEvidence(pod)] };
  }
  if (pod.disruption !== '') return disrupted(pod);
  if (pod.reason === 'DeadlineExceeded' && (pod.suite.exitCode !== 0 || isOverdue(pod, contract))) return timedOut(contract);
  return pod.suite.exitCode === 0 ? judgeSuccess(results) : judgeFailure(pod.suite.exitCode ?? -1, results);
}

function judgeUnfinished(pod: PodSnapshot, contract: SuiteContract): Judgement | undefined {
  const ended = pod.phase === 'Failed' || pod.phase === 'Succeeded';
  if (!ended) return pod.deleted ? podDeleted(pod) : undefined;
  if (pod.disruption !== '') return disrupted(pod);
  if (pod.reason === 'Evicted') return { verdict: 'error', cause: 'evicted', message: `The pod was evicted: ${pod.message}`, evidence: [podEvidence(pod)] };
  if (pod.reason === 'DeadlineExceeded') {
    if (pod.guard?.state === 'terminated' && pod.guard.exitCode !== 0) return guardOverdue(contract);
    const waiting = waitingContainer(pod);
    if (pod.suite.startedAt === undefined && waiting !== undefined) {
      return { verdict: 'error', cause: 'start-timeout', message: `The suite did not start within its timeout of ${contract.timeoutSeconds} s: ${waiting}.`, evidence: [podEvidence(pod)] };
    }
    return timedOut(contract);
  }
  const guard = judgeGuard(pod.guard);
  if (guard !== undefined) return guard;
  return { verdict: 'error', cause: 'container-start', message: `The pod ended before the suite did: ${pod.reason || pod.phase} ${pod.message}`.trim(), evidence: [podEvidence(pod)] };
}

function judgeSuccess(results: ResultsOutcome): Judgement {
  if (!results.ok) return { verdict: 'error', cause: results.cause, message: results.message };
  const { total, failed, skipped } = countTests(results.tests);
  if (failed > 0) return { verdict: 'failed', message: `${plural(failed, 'test')} of ${total} failed, although the suite exited with 0.` };
  return { verdict: 'passed', message: total === 0 ? 'Exit code 0.' : `${plural(total, 'test')}${skipped > 0 ? `, ${skipped} skipped` : ''}.` };
}

function judgeFailure(exitCode: number, results: ResultsOutcome): Judgement {
  if (!results.ok) return { verdict: 'failed', cause: results.cause, message: `Exit code ${exitCode}; ${results.message}` };
  const { total, failed } = countTests(results.tests);
  if (failed > 0) return { verdict: 'failed', message: `${plural(failed, 'test')} of ${total} failed (exit code ${exitCode}).` };
  if (total === 0) return { verdict: 'failed', message: `Exit code ${exitCode}.` };
  return { verdict: 'failed', message: `Exit code ${exitCode}, although all ${plural(total, 'test')} passed.` };
}

/** A suite that answers the deadline's SIGTERM with exit code 0 has not ended by itself. */
function isOverdue({ suite, startedAt }: PodSnapshot, { timeoutSeconds }: SuiteContract): boolean {
  return Date.parse(suite.finishedAt ?? '') >= Date.parse(startedAt) + timeoutSeconds * 1000;
}

function timedOut(contract: SuiteContract): Judgement {
  return { verdict: 'timedout', message: `The suite did not end within its timeout of ${contract.timeoutSeconds} s.` };
}

function podDeleted(pod: PodSnapshot): Judgement {
  if (pod.disruption !== '') return disrupted(pod);
  return { verdict: 'error', cause: 'pod-deleted', message: `Pod ${pod.name} was deleted before its results were collected.`, evidence: [podEvidence(pod)] };
}

function disrupted(pod: PodSnapshot): Judgement {
  const cause: ErrorCause = pod.disruption === 'PreemptionByScheduler' ? 'preempted' : pod.disruption === 'DeletionByTaintManager' ? 'node-lost' : 'evicted';
  return { verdict: 'error', cause, message: `The pod was disrupted: ${pod.disruption}${pod.message && ` (${pod.message})`}.`, evidence: [statusEvidence('Pod', pod.name, pod.disruption, pod.message, '')] };
}

function suiteEvidence(pod: PodSnapshot): Evidence {
  return containerEvidence(containerNames.suite, pod.suite);
}

function cannotStart({ suite }: PodSnapshot): boolean {
  return suite.reason === 'StartError' || suite.reason === 'ContainerCannotRun' || suite.reason === 'RunContainerError';
}

function waitingContainer(pod: PodSnapshot): string | undefined {
  const container = [pod.guard, pod.collector, pod.suite].find((candidate) => candidate?.state === 'waiting' && candidate.reason !== 'PodInitializing');
  return container && [container.reason, container.message].filter(Boolean).join(': ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
