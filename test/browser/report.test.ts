import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openReport } from './support/browser.ts';
import { everyCause } from './support/every-cause.ts';
import { renderRun } from './support/report-file.ts';

let browser: Browser;
let html: string;

beforeAll(async () => {
  [browser, html] = await Promise.all([launchBrowser(), renderRun(everyCause())]);
});

afterAll(async () => browser.close());

describe('the report in a browser', () => {
  it('tells verdict and counts, asks for nothing and complains of nothing', async () => {
    const { page, requests, complaints } = await openReport(browser, html);
    expect(await page.title()).toBe('failed: shop r7f3');
    expect(await page.locator('h1').innerText()).toMatch(/failed/i);
    expect(await page.locator('header .facts').innerText()).toContain('170 passed, 2 failed, 1 skipped');
    expect(await page.locator('.rows .row').count()).toBe(41);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('has a bar for each suite that was queued, with its phases in words', async () => {
    const { page } = await openReport(browser, html);
    const label = await page.locator('[data-key=worker] .bar').getAttribute('aria-label');
    expect(label).toBe('queued 8.0s, starting 2.0s, pulling the image 12.0s, network guard 4.0s, testing 42.0s, collecting results 3.0s');
    expect(await page.locator('[data-key=worker] .bar i').count()).toBe(7);
  });

  it('searches suites, tests and causes, and keeps the search in the address', async () => {
    const { page } = await openReport(browser, html);
    await page.keyboard.press('/');
    await page.keyboard.type('test_retry');
    await page.locator('.hits', { hasText: '1 hit' }).waitFor();
    expect(await page.locator('.rows .row').count()).toBe(1);
    expect(page.url()).toMatch(/#q=test_retry$/);
    await page.reload();
    expect(await page.locator('#search').inputValue()).toBe('test_retry');
    expect(await page.locator('.rows .row').count()).toBe(1);
    await page.locator('#search').fill('unschedulable');
    // Not innerText: it is empty until a row that is out of sight is laid out.
    expect(await page.locator('.rows .name').allTextContents()).toEqual(['cause-unschedulable']);
    await page.locator('#search').fill('nothing has this');
    expect(await page.locator('.none').isVisible()).toBe(true);
  });

  it('scrolls in its panes, and the page itself into nothing', async () => {
    const { page } = await openReport(browser, html);
    await page.setViewportSize({ width: 1280, height: 500 });
    for (const key of ['worker', 'cart', 'ping']) {
      await page.locator(`[data-key=${key}]`).click();
      expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight), key).toBe(0);
    }
  });

  it('filters by verdicts, cause and type, and sorts', async () => {
    const { page } = await openReport(browser, html);
    await page.getByRole('button', { name: '1 failed' }).click();
    await page.getByRole('button', { name: '1 flaky' }).click();
    expect(await page.locator('.rows .name').allTextContents()).toEqual(['worker', 'cart']);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Cause', { exact: true }).selectOption('oom-killed');
    expect(await page.locator('.rows .name').allTextContents()).toEqual(['cause-oom-killed']);
    await page.getByLabel('Cause', { exact: true }).selectOption('');
    await page.getByLabel('Type', { exact: true }).selectOption('smoke');
    expect(await page.locator('.rows .name').allTextContents()).toEqual(['ping', 'orders']);
    await page.getByLabel('Order', { exact: true }).selectOption('name');
    expect(await page.locator('.rows .name').allTextContents()).toEqual(['orders', 'ping']);
  });

  it('shows a failure with message, stack, place, coloured log, files and evidence', async () => {
    const { page } = await openReport(browser, html);
    await page.locator('[data-key=worker]').click();
    const suite = page.locator('.suite');
    expect(await suite.locator('.test-message').first().innerText()).toBe('AssertionError: assert 3 == 4');
    expect(await suite.locator('.tests pre').innerText()).toContain('>   assert worker.attempts == 4');
    expect(await suite.locator('.place').innerText()).toBe('tests/test_worker.py:41');
    expect(await suite.locator('.log .ansi-red').first().isVisible()).toBe(true);
    expect(await suite.locator('.log').first().innerText()).not.toContain('progress  10 %');
    await suite.getByText('2 files').click();
    expect(await suite.locator('.files').innerText()).toContain('screenshots/checkout page — after payment.png');
    await suite.getByText('log of pod redis-0').click();
    // A log is filled in when it opens, which the browser tells a little later.
    await suite.locator('.log', { hasText: 'maxmemory reached' }).waitFor();
    expect(await suite.innerText()).toContain('events is forbidden');
  });

  it('says of every cause what it is, what the cluster said and what to do', async () => {
    const { page } = await openReport(browser, html);
    for (const row of await page.locator('.rows [data-key^=cause-]').all()) {
      await row.click();
      const diagnosis = page.locator('.suite > .diagnosis');
      expect(await diagnosis.locator('strong').innerText()).toMatch(/\.$/);
      const text = await diagnosis.innerText();
      expect(text).toContain('docs/guide/verdicts.md#');
      expect(text).not.toContain('`');
    }
  });

  it('shows attempts side by side, and what each test did in them', async () => {
    const { page } = await openReport(browser, html, { hash: '#suite=cart' });
    const boxes = await Promise.all((await page.locator('.attempt').all()).map(async (attempt) => attempt.boundingBox()));
    expect(boxes).toHaveLength(3);
    expect(boxes[0]?.y).toBe(boxes[1]?.y);
    expect(boxes[1]?.x).toBeGreaterThan(boxes[0]?.x ?? Number.NaN);
    expect(await page.locator('.test', { hasText: 'clears' }).locator('.statuses').textContent()).toMatch(/✗.*✗.*✓/s);
  });

  it('shows where in the timeline the suite of a link is', async () => {
    const { page } = await openReport(browser, html, { hash: '#suite=cause-disk-full' });
    const row = await page.locator('.row[aria-current]').boundingBox();
    expect(row?.y).toBeGreaterThan(0);
    expect(row?.y).toBeLessThan(900);
  });

  it('is used by keys', async () => {
    const { page } = await openReport(browser, html);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await page.locator('.row').nth(1).getAttribute('data-key');
    expect(await page.locator('.suite h2 span').first().innerText()).toBe(second);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['key'])).toBe(second);
    await page.keyboard.press('k');
    expect(await page.locator('.row').first().getAttribute('aria-current')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await page.locator('.overview').isVisible()).toBe(true);
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page.goBack();
    expect(await page.locator('.suite').isVisible()).toBe(true);
  });

  it('opens a suite with Enter where there is no room beside the list, and comes back', async () => {
    const { page } = await openReport(browser, html, { width: 390, height: 844 });
    await page.keyboard.press('j');
    expect(await page.locator('.suite').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.locator('.suite').waitFor();
    expect(await page.locator('.left').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'All suites' }).click();
    expect(await page.locator('.left').isVisible()).toBe(true);
  });

  it.each([1440, 900, 390])('is nowhere wider than a window of %i', async (width) => {
    for (const hash of ['', '#suite=worker', '#suite=cart', '#suite=cause-image-pull']) {
      const { page } = await openReport(browser, html, { width, hash });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await page.context().close();
    }
  });

  it('follows the colours of the system, until one is chosen', async () => {
    const { page } = await openReport(browser, html, { colorScheme: 'dark' });
    const back = async (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await back()).toBe('rgb(13, 17, 23)');
    await page.keyboard.press('t');
    expect(await back()).toBe('rgb(246, 248, 250)');
    await page.reload();
    expect(await back()).toBe('rgb(246, 248, 250)');
  });

  it('prints all problems, and no controls', async () => {
    const { page } = await openReport(browser, html);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(async () => page.locator('.problems > li:not(.more)').count(), { timeout: 30_000 }).toBe(39);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
  });

  it('says so when its data was cut off', async () => {
    const { page } = await openReport(browser, html.replace(/id="data">[^<]{2000}/, 'id="data">'), { ready: '[role=alert]' });
    expect(await page.getByRole('alert').innerText()).toContain('cannot be read');
  });
});
