import { beforeAll, describe, expect, test } from 'vitest';

describe('cart', () => {
  describe('with items', () => {
    test.each([1, 2, 3])('costs %i', (total) => expect(total).toBeLessThan(3));
  });
  test.skip('is skipped', () => {});
  test.todo('is written later');
  test.fails('is known to fail', () => expect(1).toBe(2));
});

describe('without redis', () => {
  beforeAll(() => {
    throw new Error('no redis');
  });
  test('is never asked', () => {});
});
