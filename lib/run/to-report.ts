import { judgeAttempt, type Judgement } from './attempt-verdict.ts';
import { toDiagnosis } from './diagnosis/to-diagnosis.ts';
import type { EvidenceCollected, RunInfo } from './events.ts';
import type { ClusterEventSnapshot, ContainerSnapshot } from './observed.ts';
import { exitCodeOf, worstVerdict, type ExitRules } from './exit-code.ts';
import type { AttemptReport, RunReport, SuiteReport, Verdict, WarningReport } from './report.ts';
import { attemptFolder } from './run-folder-layout.ts';
import type { AttemptState, RunState, SuiteState } from './run-state.ts';
import { attemptPhases } from './phases.ts';
import { countTests, sumCounts } from './test-counts.ts';

const unknownRun: RunInfo = { id: '', release: '', namespace: '', context: '', chart: '' };
const verdicts: readonly Verdict[] = ['passed', 'flaky', 'failed', 'timedout', 'error', 'skipped', 'interrupted'];

/** The report of a run, ended or not: a suite without a verdict counts as interrupted. */
export function toRunReport(state: RunState, rules: ExitRules = {}): RunReport {
  const suites = [...state.suites.values()].map((suite) => toSuiteReport(suite, state.run));
  const verdict = state.interrupted === '' ? worstVerdict(suites.map((suite) => suite.verdict)) : 'interrupted';
  const startedAt = earliest(suites.map(({ queuedAt }) => queuedAt)) ?? state.startedAt;
  // A suite that never started has no end; what the cluster knows last is the same for everybody who looks.
  const endedAt = latest(suites.flatMap((suite) => [suite.queuedAt, suite.startedAt, suite.endedAt])) ?? state.endedAt;
  return {
    version: 1,
    run: state.run ?? unknownRun,
    verdict,
    exitCode: exitCodeOf(verdict, rules),
    startedAt,
    endedAt,
    durationMs: between(startedAt, endedAt),
    suites,
    totals: {
      suites: Object.fromEntries(
        verdicts.map((name) => [name, suites.filter((suite) => suite.verdict === name).length]),
      ) as Record<Verdict, number>,
      tests: sumCounts(suites.map(({ tests }) => tests)),
    },
  };
}

export function toSuiteReport(suite: SuiteState, run: RunInfo = unknownRun): SuiteReport {
  const { contract, key, job } = suite.planned;
  const attempts = [...earlierAttempts(suite), ...suite.attempts.map((attempt, index) => toAttemptReport(attempt, index, suite, run))];
  const last = attempts.at(-1);
  const judgement: Judgement = suite.verdict ?? { verdict: 'interrupted', message: 'The run ended before the suite did.' };
  return {
    key,
    suite: contract.suite,
    ...(contract.shard && { shard: contract.shard }),
    type: contract.type,
    tags: contract.tags,
    job,
    ...told(judgement),
    ...withDiagnosis(judgement, suite, suite.attempts.at(-1), run),
    durationMs: last?.durationMs ?? 0,
    ...optional('queuedAt', suite.job?.createdAt),
    ...optional('startedAt', attempts.find(({ startedAt }) => startedAt !== undefined)?.startedAt),
    // The condition of its Job comes after the verdict, and who leaves early does not see it.
    ...optional('endedAt', last === undefined ? suite.job?.condition?.at : last.endedAt),
    tests: last?.counts ?? countTests([]),
    attempts,
    events: toWarnings(suite.events, last?.endedAt),
    attachments: attachmentsOf(suite.evidence, undefined),
  };
}

/**
 * Only what everybody sees who looks at the run, early or late: warnings that came before the end of the suite. What
 * the Job controller says of the end itself comes a moment later, and says nothing new.
 */
function toWarnings(events: readonly ClusterEventSnapshot[], endedAt: string | undefined): readonly WarningReport[] {
  return events
    .filter(({ type, reason, firstAt, object }) => type === 'Warning' && (endedAt === undefined || firstAt <= endedAt) && (reason === 'FailedCreate' || !object.startsWith('Job/')))
    .map(({ uid, type, reason, message, object, firstAt }) => ({ uid, type, reason, message, object, at: firstAt }))
    .toSorted((a, b) => a.at.localeCompare(b.at) || a.uid.localeCompare(b.uid));
}

function toAttemptReport(attempt: AttemptState, index: number, suite: SuiteState, run: RunInfo): AttemptReport {
  const { pod, results, log } = attempt;
  const number = earlierAttempts(suite).length + index + 1;
  const folder = attemptFolder(suite.planned.key, number);
  const tests = results?.ok ? results.tests : [];
  const { startedAt, finishedAt }: Partial<ContainerSnapshot> = pod.suite;
  // What a suite was given up for, its last pod was still about.
  const givenUp = suite.expired !== undefined && index === suite.attempts.length - 1 ? suite.verdict : undefined;
  const judgement: Judgement = judgeAttempt(attempt, suite.planned.contract) ?? givenUp ?? { verdict: 'interrupted', message: 'Not ended.' };
  return {
    number,
    pod: pod.name,
    node: pod.node,
    ...told(judgement),
    ...withDiagnosis(judgement, suite, attempt, run),
    ...(pod.suite.exitCode !== undefined && { exitCode: pod.suite.exitCode }),
    ...optional('startedAt', startedAt),
    ...optional('endedAt', finishedAt),
    durationMs: between(startedAt, finishedAt),
    phases: attemptPhases(suite, index),
    tests,
    counts: countTests(tests),
    ...(log && { log: log.path }),
    logTail: log?.tail ?? '',
    files: (results?.files ?? []).map((file) => ({ ...file, path: `${folder}/files/${file.path}` })),
    attachments: attachmentsOf(suite.evidence, pod.name),
  };
}

function earlierAttempts({ planned }: SuiteState): readonly AttemptReport[] {
  return planned.earlier ?? [];
}

function told({ verdict, cause, message }: Judgement): Omit<Judgement, 'evidence'> {
  return { verdict, ...(cause !== undefined && { cause }), message };
}

function withDiagnosis(...of: Parameters<typeof toDiagnosis>): Pick<SuiteReport, 'diagnosis'> {
  const diagnosis = toDiagnosis(...of);
  return diagnosis === undefined ? {} : { diagnosis };
}

/** Sizes are left out: what a status holds beside its verdict depends on when somebody looked. */
function attachmentsOf(evidence: readonly EvidenceCollected[], podName: string | undefined): AttemptReport['attachments'] {
  return evidence.filter(({ pod }) => pod === podName).map(({ attachment }) => attachment);
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>);
}

function between(start: string | undefined, end: string | undefined): number {
  if (start === undefined || end === undefined || start === '' || end === '') return 0;
  return Math.max(0, Date.parse(end) - Date.parse(start));
}

const earliest = (times: readonly (string | undefined)[]): string | undefined => known(times).at(0);
const latest = (times: readonly (string | undefined)[]): string | undefined => known(times).at(-1);

function known(times: readonly (string | undefined)[]): readonly string[] {
  return times.filter((time): time is string => time !== undefined).toSorted((a, b) => Date.parse(a) - Date.parse(b));
}
