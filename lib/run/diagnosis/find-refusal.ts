import type { ClusterEventSnapshot } from '../observed.ts';
import { eventEvidence } from './evidence.ts';
import { hopelessSeconds, missingSeconds, refusalSeconds, type Finding } from './finding.ts';

interface Kind {
  readonly cause: Finding['cause'];
  readonly pattern: RegExp;
  readonly sentence: string;
  readonly graceSeconds: number;
}

/** The first that matches counts. Quotas with numbers are a matter of their own: see quota-wait.ts. */
const kinds: readonly Kind[] = [
  { cause: 'namespace-deleted', pattern: /because it is being terminated/, sentence: 'The namespace is being deleted', graceSeconds: 0 },
  { cause: 'quota', pattern: /failed quota: .*must specify/, sentence: 'A quota wants the pod to say what it needs', graceSeconds: hopelessSeconds },
  { cause: 'pod-security', pattern: /violates PodSecurity/, sentence: 'PodSecurity refuses the pod', graceSeconds: hopelessSeconds },
  { cause: 'limit-range', pattern: /(?:minimum|maximum) \S+ usage per (?:Pod|Container)|max limit to request ratio/, sentence: 'A LimitRange refuses the pod', graceSeconds: hopelessSeconds },
  { cause: 'webhook', pattern: /failed calling webhook/, sentence: 'An admission webhook does not answer', graceSeconds: missingSeconds },
  { cause: 'webhook', pattern: /admission webhook "|ValidatingAdmissionPolicy '|MutatingAdmissionPolicy '/, sentence: 'An admission policy refuses the pod', graceSeconds: hopelessSeconds },
  { cause: 'rejected', pattern: /(?:)/, sentence: 'The API server refuses the pod', graceSeconds: refusalSeconds },
];

/** Why the API server let the Job controller make no pod. */
export function findRefusal(event: ClusterEventSnapshot): Finding {
  const said = event.message.replace(/^Error creating: /, '').replace(/^pods "[^"]*" is forbidden: /, '');
  const { cause = 'rejected', sentence = '', graceSeconds = refusalSeconds } = kinds.find(({ pattern }) => pattern.test(said)) ?? {};
  return { cause, message: `${sentence}: ${said}`, graceSeconds, evidence: [eventEvidence(event)] };
}
