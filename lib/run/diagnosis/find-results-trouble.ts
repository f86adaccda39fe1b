import { containerNames } from '../../constructs/names.ts';
import type { ResultsOutcome } from '../events.ts';
import type { PodSnapshot } from '../observed.ts';
import { containerEvidence } from './evidence.ts';
import type { Finding } from './finding.ts';

type Unusable = Extract<ResultsOutcome, { ok: false }>;

/** Exit code 1 is the collector's own: it has said why. */
const ownExitCodes: ReadonlySet<number> = new Set([0, 1]);

/**
 * Why there are no results: because of the suite, or because the collector did not live long enough. The end of a
 * collector that has done its work is no evidence, and one who looks on does not know it yet when one who comes later does.
 */
export function findResultsTrouble({ collector }: PodSnapshot, { cause, message }: Unusable): Finding {
  const ended = collector?.state === 'terminated' ? collector : undefined;
  if (ended === undefined || (cause !== 'results-missing' && cause !== 'results-truncated')) return { cause, message, evidence: [] };
  const evidence = [containerEvidence(containerNames.collector, ended)];
  if (ended.reason === 'OOMKilled') {
    return { cause: 'collector-failed', message: 'The collector was killed because it used more memory than its limit, before the results were out.', evidence };
  }
  if (!ownExitCodes.has(ended.exitCode ?? 0)) {
    return { cause: 'collector-failed', message: `The collector ended with exit code ${ended.exitCode ?? -1} (${ended.reason}) before the results were out. ${message}`, evidence };
  }
  return { cause, message, evidence: [] };
}
