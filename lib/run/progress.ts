import type { TestCounts } from './report.ts';
import type { AttemptState, SuiteState } from './run-state.ts';
import { findTrouble, type Trouble } from './trouble.ts';

/** What is known of a suite that has no verdict yet. */
export interface SuiteProgress {
  /** Key of the suite, `worker` or `worker-2`. */
  readonly key: string;
  /** Name of its type. */
  readonly type: string;
  /** How far it is. */
  readonly phase: 'waiting' | 'queued' | 'starting' | 'running' | 'collecting' | 'ended';
  /** 1 … n. */
  readonly attempt: number;
  /** When its container started, else its pod or Job was made, ISO 8601. */
  readonly since?: string;
  /** Whether a quota, a queue of Kueue or a suite that it needs holds it, and `detail` says which. */
  readonly held?: boolean;
  /** What the log of the running attempt tells of tests so far; only on a terminal, and where results come from the log as TAP or `go test -json`. */
  readonly tests?: TestCounts;
  /** What it waits for, in one sentence: `pulling image localhost/x:1`, `0/1 nodes are available …`. */
  readonly detail: string;
}

/** What a live view shows of a suite. */
export function toProgress(suite: SuiteState): SuiteProgress {
  const last = suite.attempts.at(-1);
  const phase = phaseOf(suite, last);
  const trouble = phase === 'queued' || phase === 'starting' || phase === 'waiting' ? findTrouble(suite) : undefined;
  const since = phase === 'running' || phase === 'collecting' ? last?.pod.suite.startedAt : (last?.pod.createdAt ?? suite.job?.createdAt);
  return {
    key: suite.planned.key,
    type: suite.planned.contract.type,
    phase,
    attempt: Math.max(1, suite.attempts.length),
    ...(since && { since }),
    ...(phase === 'running' && last?.counted !== undefined && { tests: last.counted }),
    ...(isHeld(suite, trouble) && { held: true }),
    detail: trouble?.message ?? '',
  };
}

function isHeld({ job, queue, hold, verdict }: SuiteState, trouble: Trouble | undefined): boolean {
  if (trouble?.cause === 'quota' || (verdict === undefined && hold?.waitsFor === 'needs')) return true;
  return verdict === undefined && job?.suspended === true && job.queue !== undefined && queue?.admitted === false && queue.message !== '';
}

function phaseOf(suite: SuiteState, last: AttemptState | undefined): SuiteProgress['phase'] {
  if (suite.verdict !== undefined) return 'ended';
  if (suite.job === undefined) return 'waiting';
  if (suite.job.suspended || last === undefined || !last.pod.scheduled) return 'queued';
  if (last.pod.suite.state === 'running') return 'running';
  if (last.pod.suite.state === 'terminated') return last.results === undefined ? 'collecting' : 'queued';
  return 'starting';
}
