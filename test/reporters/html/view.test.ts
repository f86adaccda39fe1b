import { describe, expect, it } from 'vitest';
import { fromHash, startView, toHash, type ViewState } from '../../../lib/reporters/html/view/address.ts';
import { styleLog } from '../../../lib/reporters/html/view/ansi.ts';
import { compareAttempts } from '../../../lib/reporters/html/view/compare-attempts.ts';
import { selectSuites } from '../../../lib/reporters/html/view/select.ts';
import { barsOf, spanOf, sumPhases, ticksOf } from '../../../lib/reporters/html/view/timeline.ts';
import type { TestCase } from '../../../lib/run/results/test-case.ts';
import { hostileText } from '../support/hostile.ts';
import { at, attemptReport, runReport, suiteReport } from '../support/reports.ts';
import { samples } from '../support/sample-suites.ts';

const escape = '\u001b';
const suites = Object.values(samples);
const keys = (change: Partial<ViewState>): readonly string[] => selectSuites(suites, { ...startView, ...change }).map(({ suite }) => suite.key);

describe('the address', () => {
  it('holds the whole view', () => {
    const view: ViewState = { search: 'a & b=#', verdicts: ['failed', 'error'], cause: 'oom-killed', type: 'e2e', sort: 'name', suite: 'worker-2' };
    expect(fromHash(toHash(view))).toEqual(view);
    expect(toHash(startView)).toBe('#');
  });

  it('takes nothing that it does not know', () => {
    expect(fromHash('#verdict=constructor+failed&sort=toString&q=x&more=1')).toEqual({ ...startView, verdicts: ['failed'], search: 'x' });
  });
});

describe('the selection', () => {
  it('puts problems first', () => {
    expect(keys({})[0]).toBe(samples.oomKilled.key);
    expect(keys({}).at(-1)).toBe(samples.exitCodeOnly.key);
  });

  it.each<[string, Partial<ViewState>, readonly string[]]>([
    ['a verdict', { verdicts: ['flaky'] }, ['cart']],
    ['a cause', { cause: 'unschedulable' }, ['browser']],
    ['a type and a verdict', { type: 'e2e', verdicts: ['timedout'] }, ['checkout']],
    ['words of a test', { search: 'TEST_RETRY redis' }, ['worker-2']],
    ['words of a test and of its suite', { search: 'integration test_retry' }, ['worker-2']],
    ['words of an event', { search: 'failedscheduling' }, ['browser']],
    ['a cause as a word', { search: 'oom-killed' }, ['bulk-import']],
    ['a test that only an earlier attempt has', { search: 'adds an item' }, ['cart']],
    ['words of two tests', { search: 'test_retry test_teardown' }, []],
  ])('finds %s', (_, view, expected) => {
    expect(keys(view)).toEqual(expected);
  });

  it('counts the tests that match', () => {
    expect(selectSuites(suites, { ...startView, search: 'test_worker.py' }).map(({ hits }) => hits)).toEqual([2]);
  });

  it.each<[ViewState['sort'], string]>([['duration', 'checkout'], ['name', 'browser'], ['start', 'worker-2']])('sorts by %s', (sort, first) => {
    const sorted = keys({ sort });
    expect(sorted[0]).toBe(sort === 'start' ? sorted[0] : first);
    expect(sorted.toSorted()).toEqual(keys({}).toSorted());
  });
});

describe('the timeline', () => {
  const report = runReport([samples.passed, samples.unschedulable]);

  it('shares one span of time', () => {
    expect(spanOf(report)).toEqual({ start: at(0).getTime(), end: at(65).getTime() });
    expect(spanOf(runReport([])).end).toBe(at(65).getTime());
    expect(spanOf({ ...runReport([]), startedAt: '', endedAt: 'never' })).toEqual({ start: 0, end: 1000 });
  });

  it('draws phases, one that never ended to the end', () => {
    const span = { start: at(0).getTime(), end: at(10).getTime() };
    expect(barsOf(samples.passed, span).map(({ phase, left, width }) => [phase, Math.round(left), Math.round(width)])).toEqual([['queued', 0, 10], ['starting', 10, 10], ['testing', 20, 31]]);
    expect(barsOf(samples.unschedulable, span)).toEqual([{ phase: 'queued', left: 0, width: 100, verdict: 'error', open: true }]);
    const wrong = suiteReport({ key: 'x', attempts: [attemptReport({ phases: [{ phase: 'testing', startedAt: 'yesterday' }, { phase: 'testing', startedAt: at(-100).toISOString(), endedAt: at(500).toISOString() }] })] });
    expect(barsOf(wrong, span)).toEqual([{ phase: 'testing', left: 0, width: 100, verdict: 'passed', open: false }]);
  });

  it('has round ticks, and never too many', () => {
    expect(ticksOf({ start: 0, end: 9000 }, 5)).toEqual([0, 2000, 4000, 6000, 8000]);
    for (const end of [1000, 61_000, 3_599_000, 86_400_000, 9e8, 9e12]) expect(ticksOf({ start: 0, end }, 5).length).toBeLessThanOrEqual(6);
  });

  it('sums phases of all attempts', () => {
    expect([...sumPhases(samples.flaky.attempts)]).toEqual([['queued', 2000], ['starting', 2000], ['testing', 6200]]);
  });
});

describe('attempts', () => {
  const test = (name: string, status: TestCase['status']): TestCase => ({ name, group: '', status });

  it('are compared test by test: failing first, then what differs', () => {
    const compared = compareAttempts([
      attemptReport({ tests: [test('same', 'passed'), test('healed', 'failed'), test('broken', 'failed'), test('gone', 'passed')] }),
      attemptReport({ tests: [test('same', 'passed'), test('healed', 'passed'), test('broken', 'failed')] }),
    ]);
    expect(compared.map(({ test: { name }, statuses }) => [name, ...statuses])).toEqual([
      ['broken', 'failed', 'failed'],
      ['healed', 'failed', 'passed'],
      ['gone', 'passed', undefined],
      ['same', 'passed', 'passed'],
    ]);
  });

  it('keep tests of the same name apart', () => {
    expect(compareAttempts([attemptReport({ tests: [test('a', 'passed'), test('a', 'failed')] })]).map(({ statuses }) => statuses)).toEqual([['failed'], ['passed']]);
  });
});

describe('a log', () => {
  const styled = (text: string): readonly (readonly string[])[] => styleLog(text).map((piece) => [piece.text, ...piece.classes]);

  it('keeps its colours', () => {
    expect(styled(`a ${escape}[1;31mred${escape}[0m ${escape}[42mon green${escape}[m`)).toEqual([['a '], ['red', 'ansi-red', 'ansi-bold'], [' '], ['on green', 'ansi-on-green']]);
    expect(styleLog(`${escape}[38;5;208mp${escape}[0m${escape}[38;5;244mg${escape}[0m${escape}[48;2;1;2;3mt`).map(({ color, background }) => [color, background])).toEqual([
      ['rgb(255, 135, 0)', undefined],
      ['rgb(128, 128, 128)', undefined],
      ['rgb(255, 255, 255)', 'rgb(1, 2, 3)'],
    ]);
  });

  it('shows what a terminal would show at the end', () => {
    expect(styled('10 %\r50 %\r100 %\r\nnext\r\n')).toEqual([['100 %\nnext\n']]);
    expect(styled(`${escape}]0;title\u0007${escape}]8;;http://x${escape}\\link${escape}]8;;${escape}\\ ${escape}[2J${escape}[1;1Hhome${escape}(B`)).toEqual([['link home']]);
    expect(styled('')).toEqual([]);
  });

  it('has no control characters left', () => {
    const text = styleLog(`${hostileText}${escape}[31`).map((piece) => piece.text).join('');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  });

  it('is not slow, whatever it holds', () => {
    const size = 256 * 1024;
    const normal = `${'a line of a log\n'.repeat(size / 16)}`;
    const timeOf = (text: string): number => {
      const begin = performance.now();
      styleLog(text);
      return performance.now() - begin;
    };
    const bound = Math.max(50, timeOf(normal)) * 200;
    for (const piece of [`${escape}[`, `${escape}]`, '\r', `${escape}[31mx`, `${escape}[1;`, '\u009b', 'a\r']) {
      expect(timeOf(piece.repeat(size / piece.length))).toBeLessThan(bound);
    }
    expect(styleLog(`${escape}[31mx${escape}[0my`.repeat(30_000)).length).toBeLessThanOrEqual(20_001);
  });
});
