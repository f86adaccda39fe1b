import type { Verdict } from './report.ts';

/** Exit codes of the CLI, the same for `run`, `wait` and `report`. */
export const exitCodes = {
  passed: 0,
  /** A suite failed or timed out, or was not started because of others. */
  failed: 1,
  /** Usage or config. */
  usage: 2,
  /** Infrastructure errors only. */
  infrastructure: 3,
  interrupted: 130,
} as const;

/** The worst of the suites' verdicts, as a verdict of the run. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ['interrupted', 'failed', 'timedout', 'error', 'skipped', 'flaky', 'passed'];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'error';
}

/** What the user decides about exit codes. */
export interface ExitRules {
  /** Whether a flaky suite is exit code 1. @default false */
  readonly failOnFlaky?: boolean | undefined;
}

export function exitCodeOf(verdict: Verdict, { failOnFlaky = false }: ExitRules = {}): number {
  switch (verdict) {
    case 'passed':
      return exitCodes.passed;
    case 'flaky':
      return failOnFlaky ? exitCodes.failed : exitCodes.passed;
    case 'failed':
    case 'timedout':
    case 'skipped':
      return exitCodes.failed;
    case 'error':
      return exitCodes.infrastructure;
    case 'interrupted':
      return exitCodes.interrupted;
  }
}
