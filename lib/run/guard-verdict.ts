import type { SuiteContract } from '../config/contract.ts';
import { containerNames } from '../constructs/names.ts';
import type { Judgement } from './attempt-verdict.ts';
import { containerEvidence } from './diagnosis/evidence.ts';
import type { ErrorCause } from './events.ts';
import type { ContainerSnapshot } from './observed.ts';
import { sanitizeLine } from './results/sanitize.ts';

interface Refusal {
  readonly cause: ErrorCause;
  /** What its details mean, and what to do. */
  readonly explain: (details: string) => string;
}

/** By the code in the guard's termination message. */
const refusals: Readonly<Record<string, Refusal>> = {
  'service-unreachable': {
    cause: 'service-unreachable',
    explain: (details) => `A service that the suite declares cannot be reached: ${details}.`,
  },
  'policy-not-enforced': {
    cause: 'policy-not-enforced',
    explain: (details) =>
      `The suite's NetworkPolicy is not in force: ${details}. Either the cluster's network plugin enforces none, or networkPolicy.enabled is false, or a policy allows it: another one of the namespace, the value networkPolicy.extraEgressCidrs, or the suite's own, by a service in its uses with the same pods or addresses, or by its rights, for which networkPolicy.apiServerCidrs must name the API server.`,
  },
  'missing-tool': {
    cause: 'guard-failed',
    explain: (details) => `The network guard needs ${details}, which its image does not have: name another image in network.guardImage.`,
  },
  'broken-tool': {
    cause: 'guard-failed',
    explain: (details) => `The network guard could not look: ${details}. Name another image in network.guardImage.`,
  },
};

const longestDetails = 1000;

/** Why the guard let no suite start; undefined when it did not say no. */
export function judgeGuard(guard: ContainerSnapshot | undefined): Judgement | undefined {
  if (guard?.state !== 'terminated' || guard.exitCode === 0) return undefined;
  const [, code = '', details = ''] = /^error=(\S+) ?([^]*)$/.exec(guard.message) ?? [];
  const evidence = [containerEvidence(containerNames.guard, guard)];
  const refusal = Object.hasOwn(refusals, code) ? refusals[code] : undefined;
  if (refusal !== undefined) return { verdict: 'error', cause: refusal.cause, message: refusal.explain(sanitizeLine(details, longestDetails)), evidence };
  const said = sanitizeLine([guard.reason, guard.message].filter(Boolean).join(': '), longestDetails);
  return {
    verdict: 'error',
    cause: 'guard-failed',
    message: `The network guard ended with exit code ${guard.exitCode ?? -1} (${said}) and no reason: see the log of container ${containerNames.guard}; its image needs sh, or name another in network.guardImage.`,
    evidence,
  };
}

/** The pod's deadline ended the guard, which may have been started late and had no time to give up itself. */
export function guardOverdue({ timeoutSeconds }: SuiteContract): Judgement {
  return { verdict: 'error', cause: 'guard-failed', message: `The network guard did not end within the suite's timeout of ${timeoutSeconds} s.` };
}
