import type { Verdict } from './report.ts';
import type { SuiteState } from './run-state.ts';

export type Needs =
  | { readonly state: 'met' }
  /** Suites that it needs have no verdict yet. */
  | { readonly state: 'open'; readonly message: string }
  /** A suite that it needs did not pass, and will not. */
  | { readonly state: 'missed'; readonly message: string };

const ends: Readonly<Record<Exclude<Verdict, 'passed' | 'flaky'>, string>> = {
  failed: 'failed',
  timedout: 'timed out',
  error: 'ended in an error',
  skipped: 'was skipped',
  interrupted: 'was interrupted',
};

/** Whether the suites that a suite needs have passed, each with all of its shards. The map has all shards by the name of their suite. */
export function judgeNeeds({ planned }: SuiteState, bySuite: ReadonlyMap<string, readonly SuiteState[]>): Needs {
  const open: string[] = [];
  for (const name of planned.contract.needs ?? []) {
    const shards = bySuite.get(name) ?? [];
    if (shards.length === 0) return { state: 'missed', message: `It needs '${name}', which is not part of the run.` };
    for (const { planned: needed, verdict } of shards) {
      if (verdict === undefined) open.push(needed.key);
      else if (verdict.verdict !== 'passed' && verdict.verdict !== 'flaky') return { state: 'missed', message: `It needs '${needed.key}', which ${ends[verdict.verdict]}.` };
    }
  }
  return open.length === 0 ? { state: 'met' } : { state: 'open', message: `waiting for ${open.join(', ')} to pass` };
}
