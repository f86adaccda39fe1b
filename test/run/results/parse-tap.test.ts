import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseTap as parseChunks } from '../../../lib/run/results/parse-tap.ts';
import { readFixture, summarize } from './fixture.ts';

const parseTap = (text: string) => parseChunks([text]);

describe('real producers', () => {
  test.each(['bats.tap', 'bats13.tap', 'node-test.tap'])('%s', (name) => {
    expect(summarize(parseTap(readFixture(name)))).toMatchSnapshot();
  });

  test('between the lines of a log', () => {
    const noisy = readFixture('bats.tap').replaceAll('\n', '\r\n[info] okay, not okay\n');
    expect(summarize(parseTap(`starting\n${noisy}`))).toContain('failed  fails: (in test file shop.bats, line 2)');
  });

  test('keeps diagnostics as details', () => {
    const parsed = parseTap(readFixture('bats.tap'));
    expect(parsed.ok && parsed.tests[1]?.details).toContain('some output');
  });
});

test.each([
  ['plan at the end', 'ok 1 - a\nok 2 - b\n1..2\n', 'passed  a\npassed  b'],
  ['no ids, no names', '1..2\nok\nnot ok\n', 'passed  test (unnamed)\nfailed  test (unnamed)'],
  ['skip and todo', '1..4\nok 1 a # SKIP later\nnot ok 2 b # skip\nnot ok 3 c # TODO soon\nok 4 d # todo\n', 'skipped a: later\nskipped b\ntodo    c: soon\ntodo    d'],
  ['skipped as a whole', '1..0 # SKIP no redis\n', 'skipped all tests: no redis'],
  ['bail out', '1..3\nok 1 a\nBail out! no redis\n', 'passed  a\nerror   Bail out!: no redis'],
  ['bail out of a subtest', '1..2\n# Subtest: s\n    1..2\n    ok 1 a\n    Bail out! gone\n', 'passed  s > a\nerror   Bail out!: gone'],
  ['subtests', '1..1\n# Subtest: s\n    ok 1 a\n    # Subtest: t\n        ok 1 b\n        1..1\n    ok 2 - t\n    1..2\nok 1 - s\n', 'passed  s > a\npassed  s > t > b'],
  ['buffered subtests', '1..1\nnot ok 1 - s {\n    1..2\n    ok 1 a\n    not ok 2 b\n}\n', 'passed  s > a\nfailed  s > b'],
  ['a failed test with passing subtests', '1..1\n# Subtest: s\n    ok 1 a\n    1..1\nnot ok 1 - s\n', 'passed  s > a\nfailed  s'],
  ['diagnostics', "1..1\nnot ok 1 a\n  ---\n  message: wrong\n  at:\n    file: a.js\n    line: 7\n  ...\n", 'failed  a: wrong (a.js:7)'],
  ['TAP 12: no version, comments as diagnostics', '1..2\nok 1 a\nnot ok 2 b\n# wrong\n', 'passed  a\nfailed  b: wrong'],
  ['TAP 13: version and YAML', 'TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b\n  ---\n  message: wrong\n  severity: fail\n  ...\n', 'passed  a\nfailed  b: wrong'],
  ['TAP 14: pragma, escapes and subtests', 'TAP version 14\npragma +bail\n1..2\nok 1 - a \\# b\n# Subtest: s\n    1..2\n    ok 1 - c # SKIP later\n    # Subtest: t\n        1..1\n        not ok 1 - d\n          ---\n          message: wrong\n          ...\n    not ok 2 - t\nnot ok 2 - s\n', 'passed  a # b\nskipped s > c: later\nfailed  s > t > d: wrong'],
  ['no TAP at all', 'hello\nworld\n', ''],
  ['an empty log', '', ''],
  ['an empty plan', '1..0\n', ''],
])('%s', (_, tap, summary) => {
  expect(summarize(parseTap(tap))).toBe(summary);
});

describe('no false green', () => {
  test.each([
    ['TAP version 13\n', 'results-truncated'],
    ['ok 1\n', 'results-truncated'],
    ['1..2\nok 1\n', 'results-truncated'],
    ['1..2\nnot ok 1\n', 'results-truncated'],
    ['# Subtest: s\n    1..2\n    ok 1\nok 1 - s\n1..1\n', 'results-truncated'],
    ['# Subtest: s\n    ok 1\n', 'results-truncated'],
    ['1..1\nok 1\nok 2\n', 'results-invalid'],
    ['1..1\nok\nok\n', 'results-invalid'],
    ['1..2\nok 1\nok 1\n', 'results-invalid'],
    ['1..1\nok 1\n1..1\nok 1\n', 'results-invalid'],
    ['1..0\nok 1\n', 'results-invalid'],
    ['ok 1\n1..1\nTAP version 14\nnot ok 1\n1..1\n', 'results-invalid'],
    ['# Subtest: s\n    ok 1\n    1..1\n    not ok 2\nok 1 - s\n1..1\n', 'results-invalid'],
  ])('%j is %s', (tap, cause) => {
    expect(parseTap(tap)).toMatchObject({ ok: false, cause, message: expect.stringMatching(/[^.]\.$/) });
  });

  test('every prefix that loses a test is refused', () => {
    const lines = readFixture('bats.tap').split('\n');
    for (let count = 1; count < 7; count++) {
      const parsed = parseTap(lines.slice(0, count).join('\n'));
      expect(parsed.ok && parsed.tests.length === 3).toBe(count >= 7 || lines.slice(0, count).some((line) => line.startsWith('ok 3')));
    }
  });
});

describe('hostile TAP', () => {
  test('deep, wide or long', () => {
    const startedAt = performance.now();
    const hostile = [
      `1..1\n${' '.repeat(1_000_000)}ok 1\nok 1\n`,
      `1..1\n${Array.from({ length: 2000 }, (_, depth) => `${'    '.repeat(depth)}# Subtest: s`).join('\n')}\nok 1\n`,
      `1..1\nnot ok 1\n  ---\n${'  a: [\n'.repeat(300_000)}  ...\n`,
      `1..1\nnot ok 1\n  ---\n  a: &a [x,x,x,x,x,x,x,x,x]\n  b: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n  c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n  d: [*c,*c,*c,*c,*c,*c,*c,*c]\n  ...\n`,
      `1..1\nok 1 ${'\\#'.repeat(1_000_000)}\n`,
      `1..1\nok 1 ${'# '.repeat(1_000_000)}\n`,
      '1..999999999\nok 1\n',
      '1..1\nok 99999999999999999999\n',
      `1..1\n${'x'.repeat(5_000_000)}\nok 1\n`,
      `${'{\n'.repeat(100_000)}${'}\n'.repeat(100_000)}`,
    ];
    for (const tap of hostile) parseTap(tap);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('random lines neither throw nor pass without a plan', () => {
    const lines = ['ok 1', 'not ok 2', '1..2', '# Subtest: s', '    ok 1', '    1..1', '  ---', '  a: 1', '  ...', '}', 'ok 1 - x {', 'Bail out!', 'pragma +strict', '        not ok', 'TAP version 14', '', 'noise'];
    for (let round = 0; round < 3000; round++) {
      const tap = Array.from({ length: randomInt(1, 15) }, () => lines[randomInt(lines.length)]);
      const parsed = parseTap(tap.join('\n'));
      const claimsNothing = !tap.includes('1..2') && !tap.includes('Bail out!');
      if (parsed.ok && claimsNothing) expect(parsed.tests).toEqual([]);
    }
  });

  test('escapes do not reach the report', () => {
    expect(summarize(parseTap('1..1\nnot ok 1 - \u001b[31mred\u001b[0m \u202ename\n# \u001b]0;title\u0007text\n'))).toBe('failed  red name: text');
  });
});
