import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openReport, unfold } from './support/browser.ts';
import { hostileMarkup, hostileRun } from './support/hostile-run.ts';
import { renderRun } from './support/report-file.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => browser.close());

it('nothing of a hostile run is run, asked for or turned into markup', async () => {
  const { page, requests, complaints } = await openReport(browser, await renderRun(hostileRun()));
  const rows = page.locator('.rows .row');
  expect(await rows.count()).toBe(41);
  for (let index = 0; index < 41; index++) {
    await rows.nth(index).click();
    await unfold(page);
    const made = await page.evaluate(() => ({
      pwned: (globalThis as { pwned?: unknown }).pwned,
      elements: document.querySelectorAll('body img, body svg, iframe, object, embed, body link, body meta, base, body style, [onerror], [onload], [onfocus], [onclick], [ontoggle], [onmouseover], [action], [formaction], [src], [srcdoc]').length,
      links: [...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href') ?? '').filter((href) => !href.startsWith('#') && !href.startsWith('data:image/svg+xml,')),
    }));
    expect(made).toEqual({ pwned: undefined, elements: 0, links: [] });
  }
  expect(page.url()).toMatch(/^http:\/\/report\.invalid\/report\.html#/);
  expect(await page.title()).toMatch(/^failed: shop <script>window\.pwned = 1/);
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
});

it('a hostile address shows no more than it finds', async () => {
  const hash = `#${new URLSearchParams({ q: hostileMarkup, suite: hostileMarkup, verdict: hostileMarkup, cause: hostileMarkup, type: '__proto__', sort: 'constructor' }).toString()}`;
  const { page, requests, complaints } = await openReport(browser, await renderRun(hostileRun()), { hash });
  expect(await page.locator('.none').isVisible()).toBe(true);
  expect(await page.evaluate(() => (globalThis as { pwned?: unknown }).pwned)).toBeUndefined();
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
});

it('the policy stops what the page itself would never do', async () => {
  const { page } = await openReport(browser, await renderRun(hostileRun()));
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.append('window.pwned = 20');
    let refused = '';
    try {
      document.body.append(script);
      document.body.innerHTML = '<b>x</b>';
    } catch (error) {
      refused = String(error);
    }
    const reached = await fetch('http://evil.invalid/').then(() => 'reached', () => 'blocked');
    return { refused, reached, pwned: (globalThis as { pwned?: unknown }).pwned };
  });
  expect(outcome).toMatchObject({ reached: 'blocked', refused: expect.stringContaining('TrustedHTML') });
  expect(outcome.pwned).toBeUndefined();
});
