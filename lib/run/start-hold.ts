import type { StartHeld } from './events.ts';
import type { Trouble } from './trouble.ts';

/** The grace period of a pod is 30 s. */
const podEndSeconds = 90;

/** What a suspended Job waits for. What other suites of the run can give it has no deadline: they have their own. */
export function findHold(hold: StartHeld | undefined, startTimeoutSeconds: number, queueTimeoutSeconds: number): Trouble {
  if (hold === undefined) return { cause: 'start-timeout', message: 'The Job is suspended.', graceSeconds: startTimeoutSeconds, queues: true };
  if (hold.waitsFor === 'quota') return { cause: 'quota', message: hold.message, graceSeconds: queueTimeoutSeconds, queues: true };
  if (hold.waitsFor === 'pod') return { cause: 'start-timeout', message: hold.message, graceSeconds: Math.max(startTimeoutSeconds, podEndSeconds), queues: false };
  return { cause: 'start-timeout', message: hold.message, graceSeconds: Number.POSITIVE_INFINITY, queues: true };
}
