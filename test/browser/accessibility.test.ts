import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openReport, unfold } from './support/browser.ts';
import { everyCause } from './support/every-cause.ts';
import { renderRun } from './support/report-file.ts';

let browser: Browser;
let html: string;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  [browser, html] = await Promise.all([launchBrowser(), renderRun(everyCause())]);
});

afterAll(async () => browser.close());

/** The report's own policy stays in force: axe comes through the debugger and not as a script element. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`));
}

it.each([
  ['the overview', '', 1440],
  ['a failed suite', '#suite=worker', 1440],
  ['several attempts', '#suite=cart', 1440],
  ['a cause', '#suite=cause-image-pull', 1440],
  ['a search without hits', '#q=nothing+has+this', 1440],
  ['a narrow window', '#suite=worker', 390],
  ['a narrow list', '', 390],
])('%s has no violation that axe finds, light or dark', async (_, hash, width) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await openReport(browser, html, { hash, width, colorScheme });
    await unfold(page);
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  }
});

it('the help has no violation', async () => {
  const { page } = await openReport(browser, html);
  await page.keyboard.press('?');
  expect(await violationsOf(page)).toEqual([]);
});
