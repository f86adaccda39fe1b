import { expect, test } from '@playwright/test';

test.use({ actionTimeout: 5000 });

test.describe('cart', () => {
  test.beforeEach(({ page }) => page.setContent('<h1>Cart</h1><button onclick="total.textContent++">Add</button> <b id="total">0</b>'));

  test('counts items', async ({ page }) => {
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.locator('#total')).toHaveText('1');
  });

  test('has a <title> & "more"', async ({ page }) => {
    await expect(page.getByRole('heading')).toHaveText('Basket', { timeout: 500 });
  });

  test('passes when run again', async ({}, { retry }) => {
    expect(retry).toBe(1);
  });

  test.skip('is skipped', () => {});
  test.fixme('is repaired later', () => {});

  test('is known to fail', () => {
    test.fail();
    throw new Error('known');
  });
});

test.describe.serial('without redis', () => {
  test.beforeAll(() => {
    throw new Error('no redis');
  });
  test('breaks in its hook', () => {});
  test('is never asked', () => {});
});
