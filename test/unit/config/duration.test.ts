import { describe, expect, test } from 'vitest';
import { duration, formatDuration, parseDuration } from '../../../lib/config/schema/duration.ts';

test.each([
  ['90s', 90],
  ['5m', 300],
  ['1h', 3600],
  ['1h30m', 5400],
  ['1h1m1s', 3661],
  ['1h5s', 3605],
  ['0s', 0],
])('%s is a duration', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['', '5', 'm', '5 m', '30m1h', '1m1m', '1.5h', '-1s', '5ms', 's', '1H', '٣s', '5m\n'])('%j is none', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('a duration that is written is read as the same', () => {
  for (const seconds of [1, 59, 60, 61, 3599, 3600, 3601, 3660, 86_400, 90_061, 2 ** 31 - 1]) {
    expect(parseDuration(formatDuration(seconds))).toBe(seconds);
  }
});

function hintFor(received: unknown): string | undefined {
  return duration.safeParse(received).error?.issues[0]?.message.split('\n')[1];
}

describe('what was meant', () => {
  test.each([
    ['5 minutes', "write '5m'"],
    ['5min', "write '5m'"],
    ['1 hour', "write '1h'"],
    ['1.5h', "write '1h30m'"],
    ['2 days', "write '48h'"],
    ['90 sec', "write '1m30s'"],
    ['300', "write '5m'"],
    [300, "write '5m'"],
    ['0s', undefined],
    ['500ms', undefined],
    ['soon', undefined],
    [-1, undefined],
    [null, undefined],
  ])('%j', (received, hint) => {
    expect(hintFor(received)).toBe(hint);
  });

  test('no deadline that a pod cannot have', () => {
    expect(duration.safeParse('596523h').success).toBe(true);
    expect(duration.safeParse('596524h').success).toBe(false);
  });
});
