import type { ClusterEventSnapshot, ContainerSnapshot, JobSnapshot, PodSnapshot } from '../observed.ts';
import { sanitizeLine } from '../results/sanitize.ts';

/** What the cluster itself says of a trouble, word for word. */
export interface Evidence {
  /** Whether it stands in the status of the object, or is an Event about it. */
  readonly source: 'status' | 'event';
  /** Kind of the object: `Pod`, `Container`, `Job`, `Node` … */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** One word, such as `FailedScheduling` or `OOMKilled`. */
  readonly reason: string;
  /** Its text; empty: there is none. */
  readonly message: string;
  /** When it was said, ISO 8601; empty: not known. */
  readonly at: string;
}

const longestMessage = 2000;

export function eventEvidence({ object, reason, message, at }: ClusterEventSnapshot): Evidence {
  const [kind = '', name = ''] = object.split('/');
  return { source: 'event', kind, name, reason, message: sanitizeLine(message, longestMessage), at };
}

export function containerEvidence(name: string, { state, reason, message, exitCode, startedAt, finishedAt }: ContainerSnapshot): Evidence {
  const code = exitCode === undefined ? '' : `exit code ${exitCode}`;
  const text = [code, message].filter(Boolean).join(': ');
  return statusEvidence('Container', name, reason || state, text, finishedAt ?? startedAt ?? '');
}

export function podEvidence({ name, phase, reason, message }: PodSnapshot): Evidence {
  return statusEvidence('Pod', name, reason || phase, message, '');
}

export function jobEvidence({ name, condition }: JobSnapshot): readonly Evidence[] {
  if (condition === undefined) return [];
  return [statusEvidence('Job', name, condition.reason || condition.type, condition.message, condition.at)];
}

export function statusEvidence(kind: string, name: string, reason: string, message: string, at: string): Evidence {
  return { source: 'status', kind, name, reason, message: sanitizeLine(message, longestMessage), at };
}
