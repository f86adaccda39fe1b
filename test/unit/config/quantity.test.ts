import { describe, expect, test } from 'vitest';
import { bytesRule, countRule, cpuRule, parseQuantity } from '../../../lib/config/schema/quantity.ts';

const billion = 1_000_000_000n;

test.each([
  ['0', 0n],
  ['1', billion],
  ['+1', billion],
  ['-1', -billion],
  ['1.', billion],
  ['.5', billion / 2n],
  ['250m', billion / 4n],
  ['1n', 1n],
  ['1u', 1000n],
  ['1.5Gi', (billion * 3n * 1024n ** 3n) / 2n],
  ['128Mi', billion * 128n * 1024n ** 2n],
  ['3k', billion * 3000n],
  ['1e3', billion * 1000n],
  ['2E3', billion * 2000n],
  ['1e-3', billion / 1000n],
  ['2E', billion * 2n * 10n ** 18n],
  ['7Ei', billion * 7n * 1024n ** 6n],
  ['0.000000001', 1n],
])('%s is a quantity', (text, amount) => {
  expect(parseQuantity(text)).toBe(amount);
});

test.each(['', ' ', '.', 'm', 'lots', '1 Gi', '1gi', '1KB', '1K', '1ki', '1Mib', '--1', '1..2', '1.2.3', '0x10', '1e', '1e1.5', '1ee3', '1Ki3', '٣', '1\n', 'Infinity', '1_000'])(
  '%j is none',
  (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  },
);

test.each(['0.1n', '1e-10', '8Ei', '1e19', '9223372036854775808', '1e99', '9'.repeat(41)])('%s would be rounded', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

describe('the suffixes stand for the same amounts as their digits', () => {
  const numbers = ['0', '1', '7', '12.5', '.25', '999.'];
  const powers = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15 };
  test.each(Object.entries(powers).flatMap(([suffix, power]) => numbers.map((number) => [`${number}${suffix}`, `${number}e${power}`])))('%s = %s', (text, same) => {
    expect(parseQuantity(text)).toBe(parseQuantity(same));
  });
});

test.each([
  [cpuRule, ['1', '250m', '1.5', '0.001', '1e2'], ['0', '-1', '0.5m', '100u', '1.0001']],
  [bytesRule, ['1', '128Mi', '1.5Gi', '1e9'], ['0', '128m', '0.5', '-1Mi']],
  [countRule, ['1', '8', '1k'], ['0', '1.5', '500m']],
])('units: %#', (rule, right, wrong) => {
  expect(right.filter((value) => !rule.obeys(value))).toEqual([]);
  expect(wrong.filter((value) => rule.obeys(value))).toEqual([]);
});

test.each([
  [bytesRule, '128m', "write '128Mi'"],
  [bytesRule, '512MB', "write '512Mi'"],
  [bytesRule, '1 gib', "write '1Gi'"],
  [bytesRule, '1K', "write '1Ki'"],
  [bytesRule, 1024, "write '1024'"],
  [bytesRule, '64 bytes', "write '64'"],
  [bytesRule, '1Zi', undefined],
  [cpuRule, '500 m', "write '500m'"],
  [cpuRule, '0,5', "write '0.5'"],
  [cpuRule, '2 cores', "write '2'"],
  [cpuRule, 2, "write '2'"],
  [cpuRule, 'lots', undefined],
])('what was meant: %#', (rule, received, hint) => {
  expect(rule.hint?.(received)).toBe(hint);
});
