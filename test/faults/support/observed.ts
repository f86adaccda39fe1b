import type { PodObserved, RunEvent } from '../../../lib/run/events.ts';

/** A pod of the suite whose suite container is in that state. */
export function suiteIs(state: PodObserved['pod']['suite']['state'], suite?: string) {
  return (event: RunEvent): event is PodObserved => event.type === 'pod-observed' && event.pod.suite.state === state && (suite === undefined || event.suite === suite);
}

export function podIs(phase: string) {
  return (event: RunEvent): event is PodObserved => event.type === 'pod-observed' && event.pod.phase === phase;
}
