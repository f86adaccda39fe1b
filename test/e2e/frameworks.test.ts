import { test } from '../support/e2e.ts';
import { expectSameNumbers } from './frameworks/compare.ts';
import { frameworks } from './frameworks/frameworks.ts';

/** Those that are in the demo's base image and need no build of their own; `npm run test:frameworks` runs all. */
const quick = new Set(['pytest', 'bats']);

for (const framework of frameworks.filter(({ name }) => quick.has(name))) {
  test(`${framework.name}: the report has the numbers of its own summary`, async ({ workspace }) => expectSameNumbers(framework, workspace));
}
