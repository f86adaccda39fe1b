import type { PlannedSuite, RunInfo } from '../../../lib/run/events.ts';
import { exitCodeOf, worstVerdict } from '../../../lib/run/exit-code.ts';
import type { AttemptReport, RunReport, SuiteReport, Verdict } from '../../../lib/run/report.ts';
import type { TestCase } from '../../../lib/run/results/test-case.ts';
import { countTests, sumCounts } from '../../../lib/run/test-counts.ts';

export const runInfo: RunInfo = {
  id: 'r7f3',
  release: 'shop',
  namespace: 'shop-tests',
  context: 'kind-dev',
  chart: 'shop-suites-0.1.0',
};

export const startedAt = '2026-03-01T10:00:00.000Z';

/** The run's time, `seconds` after its start. */
export function at(seconds: number): Date {
  return new Date(Date.parse(startedAt) + seconds * 1000);
}

const verdicts: readonly Verdict[] = ['passed', 'flaky', 'failed', 'timedout', 'error', 'skipped', 'interrupted'];

export function plannedSuite(key: string, type = 'smoke'): PlannedSuite {
  return {
    key,
    job: `shop-${key}-r7f3`,
    uid: 'job-uid', contract: {
      v: 1,
      suite: key,
      type,
      timeoutSeconds: 60,
      startTimeoutSeconds: 60,
      retries: 0,
      infraRetries: 1,
      tags: [],
      results: { from: 'stdout', format: 'tap' },
    },
  };
}

export function attemptReport(attempt: Partial<AttemptReport> = {}): AttemptReport {
  const tests = attempt.tests ?? [];
  const number = attempt.number ?? 1;
  return {
    number,
    pod: `shop-ping-r7f3-${number}`,
    node: 'node-1',
    verdict: 'passed',
    message: `${tests.length} tests.`,
    exitCode: 0,
    startedAt: at(2).toISOString(),
    endedAt: at(5.1).toISOString(),
    durationMs: 3100,
    phases: [
      { phase: 'queued', startedAt, endedAt: at(1).toISOString() },
      { phase: 'starting', startedAt: at(1).toISOString(), endedAt: at(2).toISOString() },
      { phase: 'testing', startedAt: at(2).toISOString(), endedAt: at(5.1).toISOString() },
    ],
    tests,
    counts: countTests(tests),
    logTail: '',
    files: [],
    attachments: [],
    ...attempt,
  };
}

export function suiteReport(suite: Partial<SuiteReport> & { readonly key: string }): SuiteReport {
  const last = suite.attempts?.at(-1);
  return {
    suite: suite.key,
    type: 'smoke',
    tags: [],
    job: `shop-${suite.key}-r7f3`,
    verdict: last?.verdict ?? 'passed',
    ...(last?.cause && { cause: last.cause }),
    ...(last?.diagnosis && { diagnosis: last.diagnosis }),
    message: last?.message ?? '',
    durationMs: last?.durationMs ?? 0,
    queuedAt: startedAt,
    ...(last?.startedAt && { startedAt: last.startedAt }),
    ...(last?.endedAt && { endedAt: last.endedAt }),
    tests: last?.counts ?? countTests([]),
    attempts: [],
    events: [],
    attachments: [],
    ...suite,
  };
}

export function runReport(suites: readonly SuiteReport[], verdict: Verdict = worstVerdict(suites.map((suite) => suite.verdict))): RunReport {
  const counts = verdicts.map((name) => [name, suites.filter((suite) => suite.verdict === name).length] as const);
  return {
    version: 1,
    run: runInfo,
    verdict,
    exitCode: exitCodeOf(verdict),
    startedAt,
    endedAt: at(65).toISOString(),
    durationMs: 65_000,
    suites,
    totals: {
      suites: Object.fromEntries(counts) as Record<Verdict, number>,
      tests: sumCounts(suites.map(({ tests }) => tests)),
    },
  };
}

export function passingTests(count: number): readonly TestCase[] {
  return Array.from({ length: count }, (_, index) => ({ name: `test ${index + 1}`, group: 'ping.bats', status: 'passed', durationMs: 20 }));
}
