import { expect, test } from 'vitest';
import { isCidr, isDnsLabel, isEnvName, isLabelKey, isLabelValue, parseDuration, parseQuantity } from '../../../lib/config/schema/grammar.ts';

test.each([
  ['1', 1], ['250m', 0.25], ['1.5Gi', 1.5 * 2 ** 30], ['128Mi', 128 * 2 ** 20], ['1e3', 1000], ['2E3', 2000], ['2E', 2e18], ['.5', 0.5], ['5.', 5], ['3k', 3000],
])('quantity %s', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value);
});

test.each(['', 'lots', '1 Gi', '1gi', '1KB', '-1x', '1..2', '0x10', '1e', '٣'])('no quantity: %j', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test.each([['90s', 90], ['5m', 300], ['1h', 3600], ['1h30m', 5400], ['1h1m1s', 3661]])('duration %s', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['', '5', 'm', '5 m', '30m1h', '1.5h', '-1s', '5ms'])('no duration: %j', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each(['10.0.0.0/8', '0.0.0.0/0', '192.0.2.7/32', '2001:db8::/32', '::/0'])('CIDR %s', (text) => {
  expect(isCidr(text)).toBe(true);
});

test.each(['10.0.0.0', '10.0.0.0/33', '999.1.1.1/99', '10.0.0.0/08', '::/129', '10.0.0.0/8/8', 'a/8', '10.0.0.0/-1'])('no CIDR: %j', (text) => {
  expect(isCidr(text)).toBe(false);
});

test('names as Kubernetes takes them', () => {
  expect(['a', 'a-1', '1a', 'a'.repeat(63)].every((text) => isDnsLabel(text))).toBe(true);
  expect(['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a'.repeat(64), 'ü', 'a\n'].some((text) => isDnsLabel(text))).toBe(false);
  expect(['app', 'example.com/app', 'A.b_c-d'].every(isLabelKey)).toBe(true);
  expect(['', '/app', 'a/b/c', 'Example_.com/app', '-a', 'a'.repeat(64)].some(isLabelKey)).toBe(false);
  expect(['', 'x', 'a.b-c_D'].every(isLabelValue)).toBe(true);
  expect(['-x', 'x y', 'x/', 'a'.repeat(64)].some(isLabelValue)).toBe(false);
  expect(['PATH', '_x', 'my.var'].every(isEnvName)).toBe(true);
  expect(['', '1A', 'A=B', 'A B', '..A'].some(isEnvName)).toBe(false);
});
