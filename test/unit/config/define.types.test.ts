import { expectTypeOf, test } from 'vitest';
import { defineSuites } from '../../../lib/index.ts';

const base = {
  name: 'shop',
  images: { tests: { context: './tests' } },
  services: { redis: { port: 6379, podLabels: { app: 'redis' } } },
  types: { smoke: {} },
} as const;

test('a suite can only name what the config defines; `tsc` is the judge', () => {
  defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', uses: ['redis'] } } });
  // @ts-expect-error -- unknown type
  defineSuites({ ...base, suites: { ping: { type: 'smok', image: 'tests' } } });
  // @ts-expect-error -- unknown image
  defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'test' } } });
  // @ts-expect-error -- unknown service
  defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', uses: ['rediss'] } } });
  // @ts-expect-error -- no service is defined at all
  defineSuites({ name: 'x', images: base.images, types: base.types, suites: { ping: { type: 'smoke', image: 'tests', uses: ['redis'] } } });
  // @ts-expect-error -- unknown key
  defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests', retires: 1 } } });
});

test('the names stay literal', () => {
  const config = defineSuites({ ...base, suites: { ping: { type: 'smoke', image: 'tests' } } });
  expectTypeOf(config.suites['ping']?.type).toEqualTypeOf<'smoke' | undefined>();
});
