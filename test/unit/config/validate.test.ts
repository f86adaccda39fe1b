import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/load.ts';
import { parseConfig } from '../../../lib/config/validate.ts';

const folder = resolve(import.meta.dirname, 'fixtures');

test('all mistakes of a config are reported at once, each with its path, what was received and a hint', async () => {
  const error = await loadConfig('wrong.config.ts', folder).catch((caught: unknown) => caught as Error & { code: string });
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  await expect((error as Error).message.replaceAll(folder, '<folder>')).toMatchFileSnapshot('fixtures/wrong.config.txt');
});

const valid = {
  name: 'shop',
  images: { tests: { repository: 'ghcr.io/acme/tests', tag: '1' } },
  types: { smoke: {} },
  suites: { ping: { type: 'smoke', image: 'tests' } },
};

function pathsOf(over: object): readonly string[] {
  return parseConfig({ ...valid, ...over }).problems.map(({ path }) => path);
}

test('a small config is valid', () => {
  expect(parseConfig(valid).problems).toEqual([]);
});

describe('hostile input is refused and never thrown at', () => {
  test.each([[undefined], [null], [1], ['text'], [[]], [() => {}], [{ suites: [] }], [{ suites: { a: null } }], [JSON.parse('{"__proto__": {"name": "x"}, "suites": {"__proto__": {}}}')]])('%j', (input) => {
    expect(parseConfig(input).problems.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });
});

test.each([
  ['a collision of a shard with a suite', { suites: { a: { type: 'smoke', image: 'tests', shards: 2 }, 'a-2': { type: 'smoke', image: 'tests' } } }, ['suites.a-2']],
  ['a reserved name', { suites: { suites: { type: 'smoke', image: 'tests' } } }, ['suites.suites']],
  ['no suite at all', { suites: {} }, ['suites']],
  ['a root user under the restricted level of its type', { types: { smoke: { runAsUser: 0 } } }, ['suites.ping.runAsUser']],
])('%s is a problem', (_title, over, paths) => {
  expect(pathsOf(over)).toEqual(paths);
});

test('root is allowed where the suite says so', () => {
  expect(pathsOf({ types: { smoke: { runAsUser: 0, podSecurity: 'baseline' } } })).toEqual([]);
});
