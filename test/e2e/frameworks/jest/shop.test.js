describe('cart', () => {
  describe('with items', () => {
    test.each([1, 2, 3])('costs %i', (total) => expect(total).toBeLessThan(3));
  });
  test.skip('is skipped', () => {});
  test('throws', () => {
    throw new TypeError('no redis');
  });
});

describe('without redis', () => {
  beforeAll(() => {
    throw new Error('no redis');
  });
  test('breaks in its hook', () => {});
});
