import { expect, test } from 'vitest';
import type { LogFormat } from '../../../lib/config/resolved.ts';
import { LiveCounter } from '../../../lib/run/results/live-counter.ts';
import { outcomeReader } from '../../../lib/run/results/test-outcome.ts';

const tap = ['TAP version 14', '1..5', '# Subtest: nested', '    ok 1 - inner', '    1..1', 'ok 1 - nested', 'not ok 2 - breaks', '  ---', '  message: not ok', '  ...', 'ok 3 - later # SKIP no browser', 'not ok 4 - planned # TODO', 'okay, that is a log line', 'ok 5'].join('\n');
const gotest = [
  '{"Action":"run","Package":"p","Test":"TestA"}',
  '{"Action":"output","Package":"p","Test":"TestA","Output":"\\"Action\\":\\"pass\\""}',
  '{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0}',
  '{"Action":"fail","Package":"p","Test":"TestB"}',
  '{"Action":"skip","Package":"p","Test":"TestC"}',
  '{"Action":"pass","Test":',
  '{"Action":"fail","Package":"p"}',
].join('\n');

const samples: readonly [LogFormat, string, object][] = [
  ['tap', tap, { total: 5, passed: 2, failed: 1, skipped: 2 }],
  ['gotest', gotest, { total: 3, passed: 1, failed: 1, skipped: 1 }],
];

test.each(samples)('%s is counted as it comes, wherever it is cut', (format, log, counts) => {
  for (const size of [1, 7, log.length]) {
    const counter = new LiveCounter(outcomeReader(format) ?? (() => undefined));
    for (let start = 0; start < log.length; start += size) counter.push(log.slice(start, start + size));
    counter.push('\n');
    expect(counter.counts).toEqual(counts);
  }
});

test('JUnit XML tells nothing before its end', () => {
  expect(outcomeReader('junit')).toBeUndefined();
});

test('an endless line takes no memory', () => {
  const lengths: number[] = [];
  const counter = new LiveCounter((line) => void lengths.push(line.length));
  for (let index = 0; index < 100; index++) counter.push('x'.repeat(100_000));
  counter.push('\n');
  expect(lengths).toEqual([16_384]);
});
