import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openReport } from './support/browser.ts';
import { largeRun } from './support/large-run.ts';
import { renderRun } from './support/report-file.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => browser.close());

async function measure(suites: number, tests: number): Promise<number> {
  const html = await renderRun(largeRun(suites, tests));
  const { page } = await openReport(browser, html);
  const ready = await page.evaluate(() => performance.getEntriesByName('report-ready')[0]?.startTime ?? Number.NaN);
  await page.context().close();
  return ready;
}

it('1,000 suites with 50,000 tests open not much slower than a hundredth of it', async () => {
  await measure(10, 500);
  const small = await measure(10, 500);
  const large = await measure(1000, 50_000);
  expect(large).toBeLessThan(Math.max(100, small) * 30);
});

it('one suite with 50,000 tests is made as it is scrolled, and searched', async () => {
  const { page } = await openReport(browser, await renderRun(largeRun(1, 50_000)), { hash: '#suite=suite-1' });
  const shown = page.locator('.tests > li:not(.more)');
  expect(await shown.count()).toBeLessThan(1000);
  await page.locator('.tests .more').scrollIntoViewIfNeeded();
  await expect.poll(async () => shown.count(), { timeout: 30_000 }).toBeGreaterThan(100);
  await page.locator('#search').fill('case 49999');
  await expect.poll(async () => shown.count(), { timeout: 30_000 }).toBe(1);
});
