import { expect, test } from 'vitest';
import { toPlainData } from '../../../lib/config/plain-data.ts';

function pathsOf(input: unknown): readonly string[] {
  return toPlainData(input).findings.map(({ path }) => path.join('.'));
}

test('plain data is copied as it is', () => {
  const shared = { a: [1, 'x', true, null, undefined] };
  const input = { one: shared, two: shared, none: Object.assign(Object.create(null) as object, { a: 1 }) };
  const { data, findings } = toPlainData(input);
  expect(findings).toEqual([]);
  expect(data).toEqual({ one: shared, two: shared, none: { a: 1 } });
  expect(data).not.toBe(input);
});

test.each([
  ['a function', () => {}],
  ['a symbol', Symbol('x')],
  ['a big number', 1n],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a promise', Promise.resolve()],
  ['an instance', new URL('https://example.com')],
  ['a changed prototype', JSON.parse('{}', () => Object.create({ name: 'x' }) as unknown)],
])('%s is refused and left out', (_title, value) => {
  expect(pathsOf({ suites: [value] })).toEqual(['suites.0']);
  expect(toPlainData({ a: 1, value }).data).toEqual({ a: 1 });
});

test('an object that contains itself is refused where it comes again', () => {
  const config: Record<string, unknown> = { name: 'x' };
  config['suites'] = { a: [config] };
  expect(pathsOf(config)).toEqual(['suites.a.0']);
});

test('getters are refused without being asked', () => {
  const config = Object.defineProperty({}, 'name', {
    enumerable: true,
    get: () => {
      throw new Error('asked');
    },
  });
  expect(pathsOf(config)).toEqual(['name']);
});

test('a key that would change the prototype is refused', () => {
  const { data, findings } = toPlainData(JSON.parse('{"suites": {"__proto__": {"polluted": true}, "constructor": {}}}'));
  expect(findings).toMatchObject([{ path: ['suites', '__proto__'] }]);
  expect((data as { suites: Record<string, unknown> }).suites['polluted']).toBeUndefined();
  expect(Object.getPrototypeOf((data as { suites: object }).suites)).toBe(Object.prototype);
});

test('keys that are symbols are refused', () => {
  expect(pathsOf({ [Symbol('secret')]: 1 })).toEqual(['Symbol(secret)']);
});
