import { expect, test } from 'vitest';
import { logTail } from '../../lib/run/log-tail.ts';

test.each([
  ['', ''],
  ['one\n', 'one'],
  ['\n\n', ''],
  [Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n'), Array.from({ length: 40 }, (_, index) => `line ${index + 60}`).join('\n')],
])('the tail of a log is its last 40 lines (%#)', (log, tail) => {
  expect(logTail(log)).toBe(tail);
});

test('a log without line ends has a tail of bounded length', () => {
  const tail = logTail('x'.repeat(10_000_000) + 'the end');
  expect(tail.length).toBeLessThan(70_000);
  expect(tail.startsWith('…')).toBe(true);
  expect(tail.endsWith('xthe end')).toBe(true);
});
