import { describe, expectTypeOf, test } from 'vitest';
import { defineSuites, type SuitesConfig } from '../../../lib/index.ts';

const base = {
  name: 'shop',
  images: { tests: { context: './tests' } },
  services: { redis: { port: 6379, podLabels: { app: 'redis' } } },
  types: { smoke: {} },
} as const;

describe('`tsc` refuses', () => {
  test('names that the config does not define', () => {
    defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', uses: ['redis'] } } });
    // @ts-expect-error -- unknown type
    defineSuites({ ...base, suites: { ping: { type: 'smok', image: 'tests' } } });
    // @ts-expect-error -- unknown image
    defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'test' } } });
    // @ts-expect-error -- unknown service
    defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', uses: ['rediss'] } } });
    defineSuites({ ...base, start: 'controlled', suites: { ping: { type: 'smoke', image: 'tests' }, pong: { type: 'smoke', image: 'tests', needs: ['ping'] } } });
    // @ts-expect-error -- unknown suite
    defineSuites({ ...base, start: 'controlled', suites: { ping: { type: 'smoke', image: 'tests' }, pong: { type: 'smoke', image: 'tests', needs: ['pin'] } } });
    // @ts-expect-error -- unknown start
    defineSuites({ ...base, start: 'later', suites: { ping: { type: 'smoke', image: 'tests' } } });
    // @ts-expect-error -- no service is defined at all
    defineSuites({ name: 'x', images: base.images, types: base.types, suites: { ping: { type: 'smoke', image: 'tests', uses: ['redis'] } } });
  });

  test('keys that there are not', () => {
    // @ts-expect-error -- of a suite
    defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', retires: 1 } } });
    // @ts-expect-error -- of a type
    defineSuites({ ...base, types: { smoke: { prority: 1 } }, suites: {} });
    // @ts-expect-error -- of the config
    defineSuites({ ...base, suites: {}, service: {} });
  });

  test('what is missing or of another type', () => {
    // @ts-expect-error -- no image
    defineSuites({ ...base, suites: { ping: { type: 'smoke' } } });
    // @ts-expect-error -- a word that is none of the results
    defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', results: 'stdout:xml' } } });
    // @ts-expect-error -- a secret without its key
    defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', env: { TOKEN: { secret: 'token' } } } } });
    // @ts-expect-error -- an image without context and repository
    defineSuites({ ...base, images: { tests: { tag: '1' } }, suites: {} });
  });
});

test('the names stay literal', () => {
  const config = defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests' } } });
  expectTypeOf(config.suites.ping.type).toEqualTypeOf<'smoke'>();
  expectTypeOf(config.suites.ping.image).toEqualTypeOf<'tests'>();
  expectTypeOf(config.suites.ping.uses).toEqualTypeOf<readonly 'redis'[] | undefined>();
  expectTypeOf<keyof typeof config.suites>().toEqualTypeOf<'ping'>();
  expectTypeOf(config).toExtend<SuitesConfig>();
});

test('lists and objects that the user has made constant are welcome', () => {
  const shared = { tags: ['slow'], env: { A: '1' }, tolerations: [{ key: 'gpu', operator: 'Exists' }] } as const;
  defineSuites({ ...base, types: { smoke: shared }, suites: { ping: { type: 'smoke', image: 'tests', command: ['pytest', '-q'] as const } } });
});

test('names that come from a computation are strings', () => {
  const suites = Object.fromEntries(['a', 'b'].map((name) => [name, { type: 'smoke' as const, image: 'tests' as const }]));
  expectTypeOf(defineSuites({ ...base, suites }).suites).toHaveProperty('a');
});
