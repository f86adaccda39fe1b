import { describe, expect, test } from 'vitest';
import { parseTrx as parseChunks } from '../../../lib/run/results/parse-trx.ts';
import { readFixture, summarize } from './fixture.ts';

const parseTrx = (text: string) => parseChunks([text]);

/** The shape that `dotnet test --logger trx` writes; schema: vstest.xsd, TeamTest 2010. */
function run(results: string, summary = '<ResultSummary outcome="Completed"/>'): string {
  const definitions = '<UnitTest name="Shop.CartTests.Adds" id="1"><Execution id="e"/><TestMethod codeBase="Shop.dll" className="Shop.CartTests" name="Adds"/></UnitTest>';
  return `\ufeff<?xml version="1.0" encoding="utf-8"?><TestRun id="r" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Times/><Results>${results}</Results><TestDefinitions>${definitions}</TestDefinitions>${summary}</TestRun>`;
}

const result = (outcome: string | undefined, inner = '', name = 'Adds'): string =>
  `<UnitTestResult testId="1" testName="${name}" duration="00:00:01.0010000"${outcome === undefined ? '' : ` outcome="${outcome}"`}>${inner}</UnitTestResult>`;

test('of jest-trx-results-processor', () => {
  expect(summarize(parseTrx(readFixture('jest.trx')))).toMatchSnapshot();
});

test('of the test platform of .NET: class, duration, message and stack', () => {
  const error = '<Output><StdOut>printed</StdOut><ErrorInfo><Message>Assert.Equal() Failure&#xD;\nExpected: 3</Message><StackTrace>   at Shop.CartTests.Adds() in C:\\shop\\CartTests.cs:line 27</StackTrace></ErrorInfo></Output>';
  expect(parseTrx(run(result('Failed', error)))).toEqual({
    ok: true,
    tests: [
      {
        name: 'Adds',
        group: 'Shop.CartTests',
        status: 'failed',
        durationMs: 1001,
        message: 'Assert.Equal() Failure',
        details: 'Assert.Equal() Failure\nExpected: 3\n   at Shop.CartTests.Adds() in C:\\shop\\CartTests.cs:line 27',
      },
    ],
  });
});

test('outcomes; the test platform leaves out `Error`, which is its default', () => {
  const outcomes = ['Passed', 'Warning', 'Failed', 'NotExecuted', 'Inconclusive', 'Timeout', 'Aborted', 'InProgress', 'Pending', 'Disconnected', 'NotRunnable', '__proto__', undefined];
  const parsed = parseTrx(run(outcomes.map((outcome) => result(outcome)).join('')));
  expect(parsed.ok && parsed.tests.map(({ status }) => status)).toEqual([
    'passed', 'passed', 'failed', 'skipped', 'skipped', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error',
  ]);
});

test('data rows are told instead of their sum', () => {
  const rows = `<InnerResults>${result('Passed', '', 'Adds (1)')}${result('Failed', '', 'Adds (2)')}</InnerResults>`;
  expect(summarize(parseTrx(run(result('Failed', rows))))).toBe('passed  Shop.CartTests > Adds (1)\nfailed  Shop.CartTests > Adds (2)');
});

describe('no false green', () => {
  test('a sum that failed by none of its data rows is told itself', () => {
    const rows = `<InnerResults>${result('Passed', '', 'Adds (1)')}</InnerResults>`;
    expect(summarize(parseTrx(run(result('Failed', rows))))).toBe('passed  Shop.CartTests > Adds (1)\nfailed  Shop.CartTests > Adds');
    const deep = `<InnerResults>${result('Passed', `<InnerResults>${result('Failed', '', 'Adds (2)')}</InnerResults>`, 'rows')}</InnerResults>`;
    expect(summarize(parseTrx(run(result('Failed', deep))))).toBe('failed  Shop.CartTests > Adds (2)');
  });

  test('a test host that crashed is an error, whatever had passed before', () => {
    const infos = '<RunInfos><RunInfo outcome="Error"><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo></RunInfos>';
    expect(summarize(parseTrx(run(result('Passed'), `<ResultSummary outcome="Failed"><Counters total="1" passed="1"/>${infos}</ResultSummary>`)))).toBe(
      'passed  Shop.CartTests > Adds\nerror   (run): The active test run was aborted. Reason: Test host process crashed',
    );
    expect(summarize(parseTrx(run('', '<ResultSummary outcome="Aborted"/>')))).toBe('error   (run): The test run ended as Aborted.');
    expect(summarize(parseTrx(run(result('Passed'), '<ResultSummary outcome="InProgress"/>')))).toMatch(/\nerror   \(run\): The test run ended as InProgress\.$/);
    expect(summarize(parseTrx(run(result('Passed'), '<ResultSummary outcome="Warning"/>')))).toBe('passed  Shop.CartTests > Adds');
  });

  test.each([
    ['', 'results-truncated'],
    ['<testsuites/>', 'results-invalid'],
    ['<TestRun><Results>', 'results-truncated'],
    [run(result('Passed'), '<ResultSummary outcome="Completed"><Counters total="2" passed="2"/></ResultSummary>'), 'results-truncated'],
    [run(result('Passed'), '<ResultSummary outcome="Completed"><Counters total="1" failed="1"/></ResultSummary>'), 'results-invalid'],
    ['<!DOCTYPE t [<!ENTITY a "x">]><TestRun/>', 'results-invalid'],
    ['<TestRun>&a;</TestRun>', 'results-invalid'],
    ['<TestRun>'.repeat(1000), 'results-invalid'],
  ])('%s is %s', (xml, cause) => {
    expect(parseTrx(xml)).toMatchObject({ ok: false, cause, message: expect.stringMatching(/[^.]\.$/) });
  });

  test('no prefix of a document is taken', () => {
    const xml = readFixture('jest.trx').trimEnd();
    for (let length = 0; length < xml.length; length += 7) expect(parseTrx(xml.slice(0, length)).ok).toBe(false);
  });
});
