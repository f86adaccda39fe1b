import { expect, test } from 'vitest';
import { didYouMean, findNearest } from '../../../lib/config/did-you-mean.ts';

const known = ['type', 'image', 'command', 'timeout', 'retries', 'resources', 'services', 'memory'];

test.each([
  ['retires', 'retries'],
  ['Timeout', 'timeout'],
  ['tiemout', 'timeout'],
  ['resource', 'resources'],
  ['mem', 'memory'],
  ['comand', 'command'],
  ['tpye', 'type'],
  ['xyz', undefined],
  ['', undefined],
  ['me', undefined],
])('%j is near to %s', (word, nearest) => {
  expect(findNearest(word, known)).toBe(nearest);
});

test('without a near word there is the list', () => {
  expect(didYouMean('xyz', ['a', 'b'])).toBe('there is: a, b');
  expect(didYouMean('xyz', [])).toBe('none is defined');
  expect(didYouMean('aa', ['a', 'b'])).toBe("did you mean 'a'?");
});
