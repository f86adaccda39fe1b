import { expect, test } from 'vitest';
import { findDeselected, refuseLeftOut } from '../../lib/cli/select-suites.ts';
import { contractOf } from '../support/kube-objects.ts';

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

test('a suite that was asked for by name must be in the release', () => {
  const installed = { suites: ['a', 'b'].map((key) => ({ key, job: key, uid: key, contract: contractOf(key) })) };
  expect(() => refuseLeftOut([], installed)).not.toThrow();
  expect(() => refuseLeftOut(['a', 'b'], installed)).not.toThrow();
  expect(() => refuseLeftOut(['a', 'c'], installed)).toThrow('The values leave out what was asked for: c.');
});
