import { judgeAttempt, type Judgement } from './attempt-verdict.ts';
import { jobEvidence, statusEvidence } from './diagnosis/evidence.ts';
import type { SuiteContract } from '../config/contract.ts';
import type { ErrorCause } from './events.ts';
import type { JobSnapshot } from './observed.ts';
import type { AttemptState, SuiteState } from './run-state.ts';

/** The final verdict of a suite, or undefined while it can still change. */
export function judgeSuite(suite: SuiteState): Judgement | undefined {
  const judgement = judge(suite);
  const wasDeleted = judgement?.cause === 'pod-deleted' || judgement?.cause === 'job-deleted';
  return judgement !== undefined && wasDeleted && suite.namespaceDeleted ? { ...judgement, cause: 'namespace-deleted', message: 'The namespace was deleted while the suite ran.' } : judgement;
}

function judge(suite: SuiteState): Judgement | undefined {
  const { contract, missing, earlier = [] } = suite.planned;
  if (missing === true) return { verdict: 'error', cause: 'job-missing', message: `Job ${suite.planned.job} is listed by the release, but does not exist.` };
  if (suite.skipped) return { verdict: 'skipped', message: suite.skipped.message };
  if (suite.attempts.slice(0, -1).some(isCollecting)) return undefined;
  const judged = suite.attempts.map((attempt) => judgeAttempt(attempt, contract));
  const last = judged.at(-1);
  const attempt = suite.attempts.at(-1);
  const over = findOver(judged, contract);
  // Kubernetes may have started another pod before this one could be judged: it does not count.
  if (over !== undefined && over !== last) return over;
  if (last?.verdict === 'passed') {
    const hasStumbled = [...earlier, ...judged.slice(0, -1)].some(isStumble);
    return hasStumbled ? { verdict: 'flaky', message: `Passed on attempt ${earlier.length + judged.length}.` } : last;
  }
  if (suite.expired) return { verdict: 'error', cause: suite.expired.cause, message: suite.expired.message, ...(suite.expired.evidence && { evidence: suite.expired.evidence }) };
  if (last === undefined || attempt === undefined) {
    return suite.job?.deleted ? jobDeleted(suite.job) : undefined;
  }
  if (last.cause === 'pod-deleted' && suite.job?.condition?.reason === 'DeadlineExceeded') return judgeDeadline(suite);
  if (last.cause === 'pod-deleted' && suite.job?.deleted) return jobDeleted(suite.job);
  if (last.cause === 'pod-deleted' && suite.namespaceDeleted) return last;
  const { condition, deleted } = suite.job ?? {};
  // A condition can be seen before the pod that it speaks of; only a failed Job, or this pod's success, starts no other one.
  if (condition?.type === 'Failed' || deleted || (condition !== undefined && attempt.pod.phase === 'Succeeded')) return last;
  return willBeReplaced(suite, last, attempt.pod.suite.exitCode) ? undefined : last;
}

/** An attempt that the cluster took away says nothing about the suite; one that passed, of a run that is merged with a later one, nothing bad. */
function isStumble(judgement: Pick<Judgement, 'verdict' | 'cause'> | undefined): boolean {
  return judgement !== undefined && judgement.verdict !== 'interrupted' && judgement.verdict !== 'passed' && !isTakenAway(judgement);
}

const takenAway: ReadonlySet<string | undefined> = new Set<ErrorCause>(['pod-deleted', 'evicted', 'drained', 'preempted', 'node-lost']);

function isTakenAway({ verdict, cause }: Pick<Judgement, 'verdict' | 'cause'>): boolean {
  return verdict === 'error' && takenAway.has(cause);
}

/** The attempt after which no other one counts, whatever Kubernetes starts next: one too many was taken away, or the next would fill the disk as well. */
function findOver(judged: readonly (Judgement | undefined)[], { infraRetries }: SuiteContract): Judgement | undefined {
  const lost = judged.filter((judgement) => judgement !== undefined && isTakenAway(judgement));
  return judged.find((judgement) => judgement?.cause === 'disk-full') ?? lost[infraRetries];
}

/** Whether the Job controller will start another pod that counts: it ignores disruptions, which `infraRetries` bounds, and allows `retries` failures. */
function willBeReplaced({ attempts, planned: { contract } }: SuiteState, last: Judgement, exitCode: number | undefined): boolean {
  // The next pod would write as much.
  if (last.cause === 'disk-full') return false;
  const judged = attempts.map((attempt) => judgeAttempt(attempt, contract));
  const lost = judged.filter((judgement) => judgement !== undefined && isTakenAway(judgement)).length;
  if (isTakenAway(last)) return lost <= contract.infraRetries;
  if (exitCode === 0) return false;
  return attempts.length - lost <= contract.retries;
}

function isCollecting({ pod, results }: AttemptState): boolean {
  return pod.suite.state === 'terminated' && results === undefined;
}

function jobDeleted({ name }: JobSnapshot): Judgement {
  return { verdict: 'error', cause: 'job-deleted', message: `Job ${name} was deleted while it ran.`, evidence: [statusEvidence('Job', name, 'Deleted', '', '')] };
}

function judgeDeadline({ attempts, job }: SuiteState): Judgement {
  const evidence = job === undefined ? [] : jobEvidence(job);
  return attempts.some(({ pod }) => pod.suite.startedAt !== undefined)
    ? { verdict: 'timedout', message: 'The Job did not end within its backstop deadline.', evidence }
    : { verdict: 'error', cause: 'start-timeout', message: 'The suite did not start within the backstop deadline of its Job.', evidence };
}
