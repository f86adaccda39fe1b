import { expect, test } from 'vitest';
import { findDeselected } from '../../lib/cli/select-suites.ts';

const suite = (name: string, needs: readonly string[] = [], type = 'quick') => ({ name, type, tags: [], needs });
const suites = [suite('base'), suite('orders', ['base']), suite('refunds', ['orders'], 'slow'), suite('other')];
const config = { suites, types: { quick: {}, slow: {} } };

test.each([
  [{ suites: ['refunds'] }, ['other']],
  [{ types: ['slow'] }, ['other']],
  [{ suites: ['base'] }, ['orders', 'refunds', 'other']],
  [{}, []],
])('what a selected suite needs is selected with it: %o', (selection, deselected) => {
  expect(findDeselected(config, { suites: [], types: [], tags: [], ...selection })).toEqual(deselected);
});
