import type { Judgement } from '../attempt-verdict.ts';
import type { RunInfo } from '../events.ts';
import type { Diagnosis } from '../report.ts';
import type { AttemptState, SuiteState } from '../run-state.ts';
import { causes, docsOf } from './causes.ts';

/** What a report says beside cause and message; nothing when the infrastructure is not to blame. */
export function toDiagnosis({ cause, message, evidence = [] }: Judgement, { planned }: SuiteState, attempt: AttemptState | undefined, run: RunInfo): Diagnosis | undefined {
  if (cause === undefined) return undefined;
  const { title, advise } = causes[cause];
  const said = [message, ...evidence.map(({ reason, message: text }) => `${reason} ${text}`)].join('\n');
  const { hint, commands } = advise({
    namespace: run.namespace,
    key: planned.key,
    suite: planned.contract.suite,
    job: planned.job,
    pod: attempt?.pod.name ?? '',
    node: attempt?.pod.node ?? '',
    said,
  });
  return { title, hint, commands, docs: docsOf(cause), evidence };
}
