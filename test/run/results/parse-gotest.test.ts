import { describe, expect, test } from 'vitest';
import { parseGoTest as parseChunks } from '../../../lib/run/results/parse-gotest.ts';
import { readFixture, summarize } from './fixture.ts';

const parseGoTest = (text: string) => parseChunks([text]);

const real = readFixture('gotest.jsonl');

function events(...list: readonly object[]): string {
  return list.map((event) => JSON.stringify(event)).join('\n');
}

test('go test -json: failures, build errors, panics, exits, tables', () => {
  expect(summarize(parseGoTest(real))).toMatchInlineSnapshot(`
    "passed  example.com/shop/a > TestAdds
    failed  example.com/shop/a > TestFails: got 1, want 2 (a_test.go:4)
    skipped example.com/shop/a > TestSkipped: not today
    passed  example.com/shop/a > TestTable/one
    failed  example.com/shop/a > TestTable/two_words: two failed (a_test.go:6)
    failed  example.com/shop/a > TestTable
    error   example.com/shop/b > (build): The package does not build.
    passed  example.com/shop/c > TestFine
    failed  example.com/shop/c > TestPanics: panic: assignment to entry in nil map [recovered, repanicked]
    error   example.com/shop/e > TestExits: The test did not end: its process died.
    error   example.com/shop/f > (package): The package failed, although no test of it did."
  `);
});

test('lines of other programs between the events do not matter', () => {
  const noisy = real.replaceAll('\n', '\r\n# building\n{"level":"info","Action":"deploy"}\n{not json\n');
  expect(summarize(parseGoTest(noisy))).toBe(summarize(parseGoTest(real)));
  expect(parseGoTest('FAIL: no go.mod\n{"a":1}')).toEqual({ ok: true, tests: [] });
});

test('output of failed tests and builds becomes their details', () => {
  const parsed = parseGoTest(real);
  const details = parsed.ok ? parsed.tests.map((found) => found.details ?? '').join('\n') : '';
  expect(details).toContain('b/b_test.go:3:32: undefined: undefined');
  expect(details).toContain('goroutine');
  expect(details).not.toContain('=== RUN');
});

describe('no false green', () => {
  test('an output that ends before a package does is truncated', () => {
    const lines = real.trimEnd().split('\n');
    const complete = summarize(parseGoTest(real));
    for (let count = 1; count < lines.length; count++) {
      const parsed = parseGoTest(lines.slice(0, count).join('\n'));
      if (parsed.ok) expect(summarize(parsed)).not.toBe(complete);
      else expect(parsed.cause).toBe('results-truncated');
    }
  });

  test('a test without an end is an error, whatever its package says', () => {
    const text = events({ Action: 'run', Package: 'p', Test: 'TestA' }, { Action: 'pass', Package: 'p' });
    expect(summarize(parseGoTest(text))).toBe('error   p > TestA: The test did not end: its process died.');
  });

  test('a failed package without a failed test is an error', () => {
    const text = events({ Action: 'pass', Package: 'p', Test: 'TestA' }, { Action: 'output', Package: 'p', Output: 'WARNING: DATA RACE\n' }, { Action: 'fail', Package: 'p' });
    expect(summarize(parseGoTest(text))).toBe('passed  p > TestA\nerror   p > (package): The package failed, although no test of it did.');
  });

  test('a failed build that no package tells of is truncated', () => {
    expect(parseGoTest(events({ Action: 'build-fail', ImportPath: 'p' }, { Action: 'pass', Package: 'q' }))).toMatchObject({ ok: false, cause: 'results-truncated' });
  });

  test('the build error of an older go is recognized', () => {
    const text = events({ Action: 'output', Package: 'p', Output: 'FAIL\tp [build failed]\n' }, { Action: 'fail', Package: 'p' });
    expect(summarize(parseGoTest(text))).toBe('error   p > (build): The package does not build.');
  });
});

test('a test that is run again is counted again', () => {
  const once = [{ Action: 'run', Package: 'p', Test: 'T' }, { Action: 'pass', Package: 'p', Test: 'T', Elapsed: 0.25 }];
  expect(parseGoTest(events(...once, ...once, { Action: 'pass', Package: 'p' }))).toMatchObject({ ok: true, tests: [{ durationMs: 250 }, { durationMs: 250 }] });
});

test('output after the end of a test does not open it again', () => {
  const text = events({ Action: 'run', Package: 'p', Test: 'T' }, { Action: 'pass', Package: 'p', Test: 'T' }, { Action: 'output', Package: 'p', Test: 'T', Output: 'late' }, { Action: 'pass', Package: 'p' });
  expect(summarize(parseGoTest(text))).toBe('passed  p > T');
});

test('output is cut, and hostile events are only data', () => {
  const output = Array.from({ length: 100 }, () => ({ Action: 'output', Package: 'p', Test: '__proto__', Output: `\u001b[31m${'x'.repeat(10_000)}\n` }));
  const parsed = parseGoTest(events({ Action: 'run', Package: 'p', Test: '__proto__', Elapsed: 'NaN' }, ...output, { Action: 'fail', Package: 'p', Test: '__proto__', Elapsed: -1 }, { Action: 'fail', Package: 'p' }));
  const [found] = parsed.ok ? parsed.tests : [];
  expect(found).toMatchObject({ name: '__proto__', status: 'failed' });
  expect(found?.details?.length).toBeLessThan(80_000);
  expect(parseGoTest('null\n[]\n{}\n{"Action":{"a":1}}\n{"Action":"__proto__","Package":"p"}\n{"Action":"constructor","Package":"p","Test":"t"}')).toEqual({ ok: true, tests: [] });
});
