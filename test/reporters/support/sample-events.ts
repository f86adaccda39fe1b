import type { SuiteContract } from '../../../lib/config/contract.ts';
import { eventLogVersion, type RunEvent } from '../../../lib/run/events.ts';
import type { PodSnapshot } from '../../../lib/run/observed.ts';
import type { AttemptReport, RunReport, SuiteReport } from '../../../lib/run/report.ts';
import { attemptFolder } from '../../../lib/run/run-folder-layout.ts';
import { at, runReport, startedAt } from './reports.ts';
import { samples } from './sample-suites.ts';

/** What the cluster would have told about a run with this report. */
export function eventsOf(report: RunReport): readonly RunEvent[] {
  return [
    {
      type: 'run-started',
      version: eventLogVersion,
      at: startedAt,
      run: report.run,
      suites: report.suites.map((suite) => ({ key: suite.key, job: suite.job, uid: `job-${suite.key}`, contract: contractOf(suite) })),
    },
    ...report.suites.flatMap((suite) => suiteEvents(suite)),
    ...(report.suites.some(({ verdict }) => verdict === 'interrupted') ? [{ type: 'run-interrupted', at: at(64).toISOString(), signal: 'SIGINT' } as const] : []),
    { type: 'run-ended', at: at(65).toISOString() },
  ];
}

/** A run with one suite of every kind of end. */
export const sampleEvents = eventsOf(runReport(Object.values(samples), 'interrupted'));

function contractOf({ suite, shard, type, tags, attempts }: SuiteReport): SuiteContract {
  const hasTests = attempts.some(({ tests }) => tests.length > 0);
  return {
    v: 1,
    suite,
    type,
    ...(shard && { shard: { index: shard.index, total: shard.total } }),
    timeoutSeconds: 60,
    startTimeoutSeconds: 60,
    retries: Math.max(0, attempts.length - 1),
    infraRetries: 1,
    tags: [...tags],
    results: hasTests ? { from: 'stdout', format: 'tap' } : { from: 'exit-code' },
  };
}

function suiteEvents(suite: SuiteReport): readonly RunEvent[] {
  const { key, job } = suite;
  return [
    { type: 'job-observed', at: at(1).toISOString(), suite: key, job: { name: job, uid: `job-${key}`, createdAt: startedAt, deleted: false, suspended: false } },
    ...suite.events.map((event) => ({ type: 'cluster-event-observed', at: event.at, suite: key, event: { ...event, count: 1, firstAt: event.at } }) as const),
    ...suite.attempts.flatMap((attempt) => attemptEvents(suite, attempt)),
    ...(suite.verdict === 'skipped' ? [{ type: 'suite-skipped', at: at(50).toISOString(), suite: key, message: suite.message } as const] : []),
    ...suite.attachments.map((attachment) => ({ type: 'evidence-collected', at: at(60).toISOString(), suite: key, attachment, bytes: 100 }) as const),
    ...(suite.attempts.length === 0 && suite.cause !== undefined
      ? [{ type: 'grace-expired', at: at(60).toISOString(), suite: key, cause: suite.cause, message: suite.message } as const]
      : []),
  ];
}

function attemptEvents({ key }: SuiteReport, attempt: AttemptReport): readonly RunEvent[] {
  const { number, pod, tests, log, logTail } = attempt;
  const ended = attempt.endedAt ?? startedAt;
  const folder = attemptFolder(key, number);
  const files = attempt.files.map((file) => ({ ...file, path: file.path.replace(`${folder}/files/`, '') }));
  return [
    { type: 'pod-observed', at: attempt.startedAt ?? startedAt, suite: key, pod: podOf(attempt, false) },
    { type: 'pod-observed', at: ended, suite: key, pod: podOf(attempt, true) },
    ...(log === undefined ? [] : [{ type: 'log-collected', at: ended, suite: key, pod, path: log, bytes: logTail.length, tail: logTail } as const]),
    { type: 'results-collected', at: ended, suite: key, pod, outcome: { ok: true, tests, files } },
  ];
}

function podOf(attempt: AttemptReport, ended: boolean): PodSnapshot {
  const { pod, node, number, exitCode = 0, verdict, cause } = attempt;
  return {
    name: pod,
    uid: `${pod}-uid`,
    createdAt: at(number).toISOString(),
    startedAt: at(number).toISOString(),
    deleted: false,
    deletedAt: '',
    gone: false,
    phase: ended ? (exitCode === 0 ? 'Succeeded' : 'Failed') : 'Running',
    reason: verdict === 'timedout' ? 'DeadlineExceeded' : '',
    message: '',
    node,
    scheduled: true,
    unschedulable: '',
    disruption: '',
    disruptionMessage: '',
    disruptedAt: '',
    suite: {
      state: ended ? 'terminated' : 'running',
      reason: cause === 'oom-killed' ? 'OOMKilled' : '',
      message: '',
      ...(ended && { exitCode: verdict === 'failed' ? exitCode || 1 : exitCode }),
      ...(attempt.startedAt !== undefined && { startedAt: attempt.startedAt }),
      ...(ended && attempt.endedAt !== undefined && { finishedAt: attempt.endedAt }),
    },
  };
}
