import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../lib/run/events.ts';
import { mergeRuns } from '../../lib/run/merge/merge-runs.ts';
import type { MergeSource } from '../../lib/run/merge/places.ts';
import type { RunReport, SuiteReport } from '../../lib/run/report.ts';
import { emptyRun, reduceRun } from '../../lib/run/run-state.ts';
import { toRunReport } from '../../lib/run/to-report.ts';
import { attemptReport, runInfo, runReport, suiteReport } from '../reporters/support/reports.ts';
import { eventsOf } from '../reporters/support/sample-events.ts';
import { samples } from '../reporters/support/sample-suites.ts';

/** The events of a run, so many minutes later. */
function runOf(id: string, suites: readonly SuiteReport[], minutes = 0, label?: string): MergeSource {
  const report: RunReport = { ...runReport(suites), run: { ...runInfo, id } };
  const later = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => new Date(Date.parse(time) + minutes * 60_000).toISOString()).replaceAll('-uid', `-uid-${id}`);
  return { name: id, ...(label !== undefined && { label }), events: JSON.parse(later(JSON.stringify(eventsOf(report)))) as readonly RunEvent[] };
}

function reportOf(events: readonly RunEvent[]): RunReport {
  return toRunReport(events.reduce(reduceRun, emptyRun));
}

const passing = (key: string): SuiteReport => suiteReport({ key, attempts: [attemptReport({ pod: `${key}-p`, tests: [{ name: 'a', group: '', status: 'passed' }], log: `suites/${key}/1/log.txt` })] });
const failing = (key: string): SuiteReport =>
  suiteReport({
    key,
    attempts: [attemptReport({ pod: `${key}-f`, verdict: 'failed', exitCode: 1, tests: [{ name: 'a', group: '', status: 'failed' }], log: `suites/${key}/1/log.txt`, files: [{ path: `suites/${key}/1/files/a.png`, bytes: 1 }] })],
    attachments: [{ kind: 'job', title: 'Job', path: `suites/${key}/job.json` }],
  });

function outcomes({ suites }: RunReport): readonly string[] {
  return suites.map(({ key, verdict, message }) => `${key} ${verdict} ${message}`);
}

describe('mergeRuns', () => {
  it('puts the suites of the jobs of a pipeline side by side', () => {
    const { events, files } = mergeRuns([runOf('r2', [passing('b')]), runOf('r1', [failing('a'), samples.oomKilled])]);
    const report = reportOf(events);
    expect(outcomes(report).toSorted()).toEqual(['a failed 1 test of 1 failed (exit code 1).', 'b passed 1 test.', 'bulk-import error The suite container was killed because it used more memory than its limit.']);
    expect(report).toMatchObject({ verdict: 'failed', exitCode: 1, run: { release: 'shop', merged: ['r2', 'r1'] } });
    expect(report.run.id).toMatch(/^merged-[0-9a-f]{8}$/);
    expect(files.map((paths) => Object.fromEntries(paths))).toEqual([
      { 'suites/b/1/log.txt': 'suites/b/1/log.txt' },
      {
        'suites/a/1/log.txt': 'suites/a/1/log.txt',
        'suites/a/1/files/a.png': 'suites/a/1/files/a.png',
        'suites/a/job.json': 'suites/a/job.json',
        'suites/bulk-import/1/log.txt': 'suites/bulk-import/1/log.txt',
      },
    ]);
  });

  it('takes the verdict of the later run, with the attempts of the earlier one before: a pass after a failure is flaky', () => {
    const { events, files } = mergeRuns([runOf('r2', [passing('a')], 30), runOf('r1', [failing('a'), passing('b')])]);
    const report = reportOf(events);
    expect(outcomes(report).toSorted()).toEqual(['a flaky Passed on attempt 2.', 'b passed 1 test.']);
    expect(report).toMatchObject({ verdict: 'flaky', exitCode: 0 });
    const a = report.suites.find(({ key }) => key === 'a');
    expect(a?.attempts.map(({ number, verdict, log, files: own }) => ({ number, verdict, log, files: own.map(({ path }) => path) }))).toEqual([
      { number: 1, verdict: 'failed', log: 'suites/a/1/log.txt', files: ['suites/a/1/files/a.png'] },
      { number: 2, verdict: 'passed', log: 'suites/a/2/log.txt', files: [] },
    ]);
    expect(Object.fromEntries(files[0] ?? [])).toEqual({ 'suites/a/1/log.txt': 'suites/a/2/log.txt' });
    expect([...(files[1]?.keys() ?? [])]).not.toContain('suites/a/job.json');
  });

  it('fails when what ran again failed, also after a pass', () => {
    expect(outcomes(reportOf(mergeRuns([runOf('r1', [passing('a')]), runOf('r2', [failing('a')], 30)]).events))).toEqual(['a failed 1 test of 1 failed (exit code 1).']);
  });

  it('takes a suite that ran again after an interruption for what it was then', () => {
    const cut: SuiteReport = { ...samples.interrupted, key: 'a' };
    expect(reportOf(mergeRuns([runOf('r1', [cut]), runOf('r2', [passing('a')], 30)]).events)).toMatchObject({ verdict: 'passed', exitCode: 0 });
    expect(reportOf(mergeRuns([runOf('r1', [cut]), runOf('r2', [passing('b')], 30)]).events)).toMatchObject({ verdict: 'interrupted', exitCode: 130 });
  });

  it('takes a suite that passed twice for passed', () => {
    expect(reportOf(mergeRuns([runOf('r1', [passing('a')]), runOf('r2', [passing('a')], 30)]).events)).toMatchObject({ verdict: 'passed', exitCode: 0 });
  });

  it('refuses the same suite in runs at the same time, unless labels tell them apart', () => {
    expect(() => mergeRuns([runOf('r1', [passing('a')]), runOf('r2', [passing('a')])])).toThrow("Suite 'a' is in r1 and in r2, which ran at the same time.");
    const { events, files } = mergeRuns([runOf('r1', [passing('a')], 0, 'k8s-1-33'), runOf('r2', [failing('a')], 0, 'k8s-1-34')]);
    expect(outcomes(reportOf(events))).toEqual(['k8s-1-33.a passed 1 test.', 'k8s-1-34.a failed 1 test of 1 failed (exit code 1).']);
    expect(Object.fromEntries(files[1] ?? [])).toMatchObject({ 'suites/a/1/log.txt': 'suites/k8s-1-34.a/1/log.txt', 'suites/a/job.json': 'suites/k8s-1-34.a/job.json' });
  });

  it('refuses the same run twice', () => {
    expect(() => mergeRuns([runOf('r1', [passing('a')]), runOf('r1', [passing('a')])])).toThrow('r1 and r1 are the same run r1.');
  });

  it('leaves one run as it was', () => {
    const source = runOf('r1', Object.values(samples));
    expect(reportOf(mergeRuns([source]).events)).toEqual(reportOf(source.events));
  });

  it('merges what was merged', () => {
    const first = mergeRuns([runOf('r1', [failing('a')]), runOf('r2', [failing('a')], 30)]);
    const { events, files } = mergeRuns([{ name: 'first', events: first.events }, runOf('r3', [passing('a')], 60)]);
    const [a] = reportOf(events).suites;
    expect(a).toMatchObject({ verdict: 'flaky', message: 'Passed on attempt 3.' });
    expect(a?.attempts.map(({ number, verdict, log }) => `${number} ${verdict} ${log}`)).toEqual(['1 failed suites/a/1/log.txt', '2 failed suites/a/2/log.txt', '3 passed suites/a/3/log.txt']);
    expect(files[1]?.get('suites/a/1/log.txt')).toBe('suites/a/3/log.txt');
    const last = mergeRuns([runOf('r0', [failing('a')], -30), { name: 'first', events: first.events }]);
    expect(reportOf(last.events).suites[0]?.attempts.map(({ number, log }) => `${number} ${log}`)).toEqual(['1 suites/a/1/log.txt', '2 suites/a/2/log.txt', '3 suites/a/3/log.txt']);
  });

  it('depends on no order of its inputs', () => {
    const runs = [runOf('r1', [failing('a')]), runOf('r2', [passing('a')], 30), runOf('r3', [passing('b')], 10)];
    expect(mergeRuns(runs.toReversed()).events).toEqual(mergeRuns(runs).events);
  });
});
