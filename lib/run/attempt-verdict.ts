import type { SuiteContract } from '../config/contract.ts';
import { containerNames } from '../constructs/names.ts';
import { plural } from '../plural.ts';
import { exitCodeMeanings } from './exit-code-meanings.ts';
import { containerEvidence, podEvidence, statusEvidence, type Evidence } from './diagnosis/evidence.ts';
import type { ErrorCause, ResultsOutcome } from './events.ts';
import type { PodSnapshot } from './observed.ts';
import type { Verdict } from './report.ts';
import { guardOverdue, judgeGuard } from './guard-verdict.ts';
import { findContainerTrouble, startFailure } from './diagnosis/find-container-trouble.ts';
import { findDisruption } from './diagnosis/find-disruption.ts';
import { findResultsTrouble } from './diagnosis/find-results-trouble.ts';
import type { Finding } from './diagnosis/finding.ts';
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
  if (pod.suite.state !== 'terminated') return judgeUnfinished(attempt, contract);
  if (results === undefined) return undefined;
  // A container whose child was killed says OOMKilled too; it counts when the suite did not survive it.
  if (pod.suite.reason === 'OOMKilled' && pod.suite.exitCode !== 0) {
    return { verdict: 'error', cause: 'oom-killed', message: 'The suite container was killed because it used more memory than its limit.', evidence: [suiteEvidence(pod)] };
  }
  if (cannotStart(pod)) {
    return { verdict: 'error', cause: 'container-start', message: `The suite container could not start: ${startFailure(pod.suite.message) || pod.suite.reason}.`, evidence: [suiteEvidence(pod)] };
  }
  const taken = judgeTaken(attempt);
  if (taken !== undefined) return taken;
  if (pod.reason === 'DeadlineExceeded' && (pod.suite.exitCode !== 0 || isOverdue(pod, contract))) return timedOut(contract);
  return pod.suite.exitCode === 0 ? judgeSuccess(pod, results) : judgeFailure(pod, results);
}

function judgeUnfinished(attempt: AttemptState, contract: SuiteContract): Judgement | undefined {
  const { pod } = attempt;
  const ended = pod.phase === 'Failed' || pod.phase === 'Succeeded';
  if (!ended) return pod.gone ? podDeleted(attempt) : undefined;
  const disrupted = judgeDisruption(attempt);
  if (disrupted !== undefined) return disrupted;
  if (pod.reason === 'DeadlineExceeded') {
    if (pod.guard?.state === 'terminated' && pod.guard.exitCode !== 0) return guardOverdue(contract);
    return pod.suite.startedAt === undefined ? notStarted(pod, contract) : timedOut(contract);
  }
  const guard = judgeGuard(pod.guard);
  if (guard !== undefined) return guard;
  return { verdict: 'error', cause: 'container-start', message: `The pod ended before the suite did: ${pod.reason || pod.phase} ${pod.message}`.trim(), evidence: [podEvidence(pod)] };
}

function judgeSuccess(pod: PodSnapshot, results: ResultsOutcome): Judgement {
  if (!results.ok) return judged('error', findResultsTrouble(pod, results));
  const { total, failed, skipped } = countTests(results.tests);
  if (failed > 0) return { verdict: 'failed', message: `${plural(failed, 'test')} of ${total} failed, although the suite exited with 0.` };
  return { verdict: 'passed', message: total === 0 ? 'Exit code 0.' : `${plural(total, 'test')}${skipped > 0 ? `, ${skipped} skipped` : ''}.` };
}

function judgeFailure(pod: PodSnapshot, results: ResultsOutcome): Judgement {
  const { exitCode = -1 } = pod.suite;
  const meaning = exitCodeMeanings.get(exitCode);
  const told = `Exit code ${exitCode}${meaning === undefined ? '' : ` (${meaning})`}`;
  if (!results.ok) {
    const found = findResultsTrouble(pod, results);
    return judged('failed', { ...found, message: `${told}; ${found.message}` });
  }
  const { total, failed } = countTests(results.tests);
  if (failed > 0) return { verdict: 'failed', message: `${plural(failed, 'test')} of ${total} failed (exit code ${exitCode}${meaning === undefined ? '' : `, ${meaning}`}).` };
  if (total === 0) return { verdict: 'failed', message: `${told}.` };
  return { verdict: 'failed', message: `${told}, although ${total === 1 ? 'its one test' : `all ${total} tests`} passed.` };
}

/** A suite that answers the deadline's SIGTERM with exit code 0 has not ended by itself. */
function isOverdue({ suite, startedAt }: PodSnapshot, { timeoutSeconds }: SuiteContract): boolean {
  return Date.parse(suite.finishedAt ?? '') >= Date.parse(startedAt) + timeoutSeconds * 1000;
}

/** What kept a container from starting is known before its grace is over; only the timeout of the suite was shorter. */
function notStarted(pod: PodSnapshot, { timeoutSeconds }: SuiteContract): Judgement {
  const found = findContainerTrouble(pod, []);
  if (found !== undefined) return judged('error', { ...found, message: `${found.message} (until the suite's timeout of ${timeoutSeconds} s)`, evidence: [...found.evidence, podEvidence(pod)] });
  const waiting = waitingContainer(pod) ?? 'its pod was still being started';
  return { verdict: 'error', cause: 'start-timeout', message: `The suite did not start within its timeout of ${timeoutSeconds} s, which counts from the start of its pod: ${waiting}.`, evidence: [podEvidence(pod)] };
}

function timedOut(contract: SuiteContract): Judgement {
  return { verdict: 'timedout', message: `The suite did not end within its timeout of ${contract.timeoutSeconds} s.` };
}

/** By the cluster, or by somebody who did not wait for the end. What had ended before is judged by itself, unless its log is gone with the pod. */
function judgeTaken(attempt: AttemptState): Judgement | undefined {
  const { pod, results } = attempt;
  if (wasRunning(pod, pod.disruptedAt)) {
    const disrupted = judgeDisruption(attempt);
    if (disrupted !== undefined) return disrupted;
  }
  const isLost = pod.gone && results?.ok === false && results.cause === 'log-unavailable';
  return isLost || (pod.deletedAt !== '' && wasRunning(pod, pod.deletedAt)) ? podDeleted(attempt) : undefined;
}

/** A suite that answers a SIGTERM has not ended by itself, whatever it exits with. Kubernetes knows whole seconds: in the same one, nothing is proven. */
function wasRunning({ suite }: PodSnapshot, at: string): boolean {
  return at === '' || suite.finishedAt === undefined || Date.parse(suite.finishedAt) >= Date.parse(at);
}

function podDeleted(attempt: AttemptState): Judgement {
  const { pod } = attempt;
  const evidence = pod.deletedAt === '' ? [podEvidence(pod)] : [statusEvidence('Pod', pod.name, 'Deleted', 'deletionTimestamp is set.', pod.deletedAt)];
  return judgeDisruption(attempt) ?? { verdict: 'error', cause: 'pod-deleted', message: `Pod ${pod.name} was deleted before its results were collected.`, evidence };
}

function judgeDisruption({ pod, node }: AttemptState): Judgement | undefined {
  const found = findDisruption(pod, node);
  return found && judged('error', found);
}

function judged(verdict: Verdict, { cause, message, evidence }: Finding): Judgement {
  return { verdict, cause, message, ...(evidence.length > 0 && { evidence }) };
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
