import { test } from '../../support/e2e.ts';
import { expectSameNumbers } from './compare.ts';
import { frameworks } from './frameworks.ts';

for (const framework of frameworks) {
  test(`${framework.name}: the report has the numbers of its own summary`, async ({ workspace }) => expectSameNumbers(framework, workspace));
}
