import type { SuiteState } from './run-state.ts';
import type { Skip } from './start-order.ts';

const bad: ReadonlySet<string | undefined> = new Set(['failed', 'timedout', 'error']);

/** When so many suites have not passed, those that have not started do not start any more. */
export function skipAfterFailures(suites: readonly SuiteState[], bail: number): readonly Skip[] {
  const failed = suites.filter(({ verdict }) => bad.has(verdict?.verdict));
  const names = new Set(failed.map(({ planned }) => planned.contract.suite));
  if (names.size < bail) return [];
  const message = `It was not started, as ${[...names].slice(0, bail).join(', ')} did not pass (--bail ${bail}).`;
  return suites.filter(({ verdict, attempts }) => verdict === undefined && !attempts.some(hasStarted)).map((suite) => ({ suite, message }));
}

function hasStarted({ pod }: SuiteState['attempts'][number]): boolean {
  return pod.suite.startedAt !== undefined;
}
