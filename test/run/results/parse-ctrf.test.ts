import { describe, expect, test } from 'vitest';
import { parseCtrf as parseChunks } from '../../../lib/run/results/parse-ctrf.ts';
import { readFixture, summarize } from './fixture.ts';

const parseCtrf = (text: string) => parseChunks([text]);

function report(tests: readonly object[], summary: object = {}): string {
  return JSON.stringify({ reportFormat: 'CTRF', specVersion: '1.0.0', results: { tool: { name: 'x' }, summary, tests } });
}

test.each(['jest', 'playwright', 'pytest'])('of %s', (name) => {
  expect(summarize(parseCtrf(readFixture(`${name}.ctrf.json`)))).toMatchSnapshot();
});

test('keeps duration, stack, line and nested suites', () => {
  const parsed = parseCtrf(report([{ name: 't', status: 'failed', duration: 12, suite: ['a', 'b'], message: 'm\nmore', trace: 'at x', filePath: 'x.js', line: 7 }]));
  expect(parsed).toEqual({ ok: true, tests: [{ name: 't', group: 'a > b', status: 'failed', durationMs: 12, message: 'm', details: 'at x', file: 'x.js', line: 7 }] });
});

test('a status that is `other` is told by the producer, and is never a pass', () => {
  const tests = ['todo', 'skipped', 'disabled', 'timedOut', 'unknown', undefined].map((rawStatus) => ({ name: 't', status: 'other', rawStatus }));
  expect(summarize(parseCtrf(report(tests))).split('\n').map((line) => line.split(' ')[0])).toEqual(['todo', 'skipped', 'skipped', 'error', 'error', 'error']);
});

describe('no false green', () => {
  test.each([
    ['', 'results-truncated'],
    ['{}', 'results-invalid'],
    ['[]', 'results-invalid'],
    ['null', 'results-invalid'],
    ['<testsuite/>', 'results-invalid'],
    ['{"results":{"tests":{}}}', 'results-invalid'],
    [report([{ name: 't', status: 'green' }]), 'results-invalid'],
    [report([{ name: 't', status: '__proto__' }]), 'results-invalid'],
    [report([{ name: 't' }]), 'results-invalid'],
    [report([{ name: 't', status: 'passed' }], { tests: 2 }), 'results-truncated'],
    [report([{ name: 't', status: 'passed' }], { tests: 1, failed: 1 }), 'results-invalid'],
  ])('%s is %s', (text, cause) => {
    expect(parseCtrf(text)).toMatchObject({ ok: false, cause, message: expect.stringMatching(/[^.]\.$/) });
  });

  test('every prefix of a report is refused as cut off', () => {
    const text = readFixture('jest.ctrf.json').trimEnd();
    for (let length = 0; length < text.length; length++) expect(parseCtrf(text.slice(0, length))).toMatchObject({ ok: false, cause: 'results-truncated' });
  });
});
