import { chromium, type Browser, type Page } from 'playwright-core';

const switches = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: switches, timeout: 120_000 });
}

/** A page with a report in it, and what it did that a report must never do. */
export interface OpenedReport {
  readonly page: Page;
  /** Addresses that were asked for beside the report itself. */
  readonly requests: readonly string[];
  /** Dialogs, errors of scripts, violations of the policy. */
  readonly complaints: readonly string[];
}

interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly hash?: string;
  /** What is there once the page is. */
  readonly ready?: string;
}

/** Unfolds whatever is folded, and waits until it has its text. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  });
}

const address = 'http://report.invalid/report.html';

/** Every request is answered here: the network is never reached. */
export async function openReport(browser: Browser, html: string, { width = 1440, height = 900, colorScheme = 'light', hash = '', ready = 'main' }: OpenOptions = {}): Promise<OpenedReport> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const requests: string[] = [];
  const complaints: string[] = [];
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ contentType: 'text/html', body: html });
    requests.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => complaints.push(`error ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console ${message.text()}`);
  });
  page.on('popup', (popup) => complaints.push(`popup ${popup.url()}`));
  await page.goto(`${address}${hash}`);
  await page.locator(ready).waitFor({ timeout: 60_000 });
  return { page, requests, complaints };
}
