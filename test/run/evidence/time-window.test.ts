import { expect, test } from 'vitest';
import { cutLog } from '../../../lib/run/evidence/time-window.ts';

const at = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.123456789Z`;
const window = { from: Date.parse('2026-01-01T00:00:10Z'), to: Date.parse('2026-01-01T00:00:20Z') };

test('keeps the lines of the time', () => {
  const log = [`${at(9)} before`, `${at(10)} first`, `${at(19)} last`, `${at(20)} after`, ''].join('\n');
  expect(cutLog(log, window, 1000)).toEqual({ text: `${at(10)} first\n${at(19)} last\n`, note: '' });
});

test('understands other zones than UTC', () => {
  expect(cutLog('2026-01-01T01:00:15.5+01:00 here\n', window, 1000).text).toContain('here');
});

test('keeps the end of a long log, and says what is missing', () => {
  const log = Array.from({ length: 3000 }, (_, index) => `${at(15)} line ${index}`).join('\n');
  const { text, note } = cutLog(log, window, 2048);
  expect(note).toMatch(/^the first \d+ lines of this time are left out, to keep 2 KiB$/);
  expect(text.split('\n')[0]).toBe(`[kubesuite: ${note}]`);
  expect(text.trimEnd().endsWith('line 2999')).toBe(true);
  expect(Buffer.byteLength(text)).toBeLessThan(2200);
});

test('is empty for a log without times, and for an empty one', () => {
  expect(cutLog('no time here\n', window, 1000).text).toBe('');
  expect(cutLog('', window, 1000)).toEqual({ text: '', note: '' });
});
