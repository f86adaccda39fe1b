import { judgeAttempt, type Judgement } from './attempt-verdict.ts';
import type { SuiteState } from './run-state.ts';

/** The final verdict of a suite, or undefined while it can still change. */
export function judgeSuite(suite: SuiteState): Judgement | undefined {
  const { contract } = suite.planned;
  const judged = suite.attempts.map((attempt) => judgeAttempt(attempt, contract));
  const last = judged.at(-1);
  const lastPod = suite.attempts.at(-1)?.pod;

  if (last?.verdict === 'passed') {
    const stumbled = judged.slice(0, -1).some((judgement) => judgement?.verdict === 'failed' || judgement?.verdict === 'timedout');
    return stumbled ? { verdict: 'flaky', message: `Passed on attempt ${judged.length}.` } : last;
  }
  if (suite.expired) return { verdict: 'error', cause: suite.expired.cause, message: suite.expired.message };
  if (last !== undefined && lastPod !== undefined) {
    if (last.cause === 'pod-deleted' && suite.job?.condition?.type === 'Failed') return judgeFailedJob(suite);
    if (suite.job?.condition !== undefined || suite.job?.deleted) return last;
    return willBeReplaced(suite, last, lastPod.suite.exitCode) ? undefined : last;
  }
  if (suite.job?.deleted) {
    return { verdict: 'error', cause: 'job-missing', message: `Job ${suite.job.name} was deleted while it ran.` };
  }
  if (suite.job?.condition?.type === 'Failed' && !isCollecting(suite)) return judgeFailedJob(suite);
  return undefined;
}

/** Whether the Job controller will start another pod: it ignores disruptions and allows `retries` failures. */
function willBeReplaced(suite: SuiteState, last: Judgement, exitCode: number | undefined): boolean {
  if (last.cause === 'pod-deleted' || suite.attempts.at(-1)?.pod.disruption) return true;
  if (exitCode === 0) return false;
  const failures = suite.attempts.filter(({ pod }) => pod.disruption === '' && !pod.deleted).length;
  return failures <= suite.planned.contract.retries;
}

function isCollecting(suite: SuiteState): boolean {
  const last = suite.attempts.at(-1);
  return last !== undefined && last.pod.suite.state === 'terminated' && last.results === undefined && !last.pod.deleted;
}

function judgeFailedJob(suite: SuiteState): Judgement {
  const condition = suite.job?.condition;
  const text = `${condition?.reason ?? ''}: ${condition?.message ?? ''}`;
  const started = suite.attempts.some(({ pod }) => pod.suite.startedAt !== undefined);
  if (condition?.reason === 'DeadlineExceeded') {
    return started
      ? { verdict: 'timedout', message: 'The Job did not end within its backstop deadline.' }
      : { verdict: 'error', cause: 'start-timeout', message: 'The suite did not start within the backstop deadline of its Job.' };
  }
  return { verdict: 'error', cause: 'job-failed', message: `The Job failed without a pod to judge (${text}).` };
}
