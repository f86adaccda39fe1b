import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { boundReport } from '../../../lib/reporters/html/bound-report.ts';
import type { PageData } from '../../../lib/reporters/html/page-data.ts';
import { hostileText, poison } from '../support/hostile.ts';
import { createPlayed, playRun } from '../support/play.ts';
import { attemptReport, passingTests, runReport, suiteReport } from '../support/reports.ts';
import { samples } from '../support/sample-suites.ts';
import type { RunReport } from '../../../lib/run/report.ts';

async function write(report: RunReport, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const played = createPlayed(['html']);
  for (const [path, text] of Object.entries(files)) await played.folder.write(path, text);
  await playRun(report, played);
  return played.folder.files.get('report.html') ?? '';
}

function dataOf(html: string): PageData {
  const base64 = /id="data">([^<]*)</.exec(html)?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString()) as PageData;
}

const report = runReport(Object.values(samples));

describe('the page', () => {
  it('carries the report, and the logs that are in the run folder', async () => {
    const html = await write(report, { 'suites/worker-2/1/log.txt': 'all of it\n' });
    expect(dataOf(html)).toEqual({ report, texts: [{ path: 'suites/worker-2/1/log.txt', text: 'all of it\n', omittedBytes: 0 }] });
  });

  it('allows its own script and style, and nothing else', async () => {
    const html = await write(report);
    const hash = (tag: string): string => createHash('sha256').update(new RegExp(`<${tag}>([^]*?)</${tag.split(' ')[0]}>`).exec(html)?.[1] ?? '').digest('base64');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash('script type="module"')}'`,
      `style-src 'sha256-${hash('style')}'`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it('has no markup of a suite, and no text that hides or turns', async () => {
    const hostile = poison(report);
    const path = hostile.suites.flatMap(({ attempts }) => attempts.flatMap(({ log }) => log ?? []))[0] ?? '';
    const html = await write(hostile, { [path]: hostileText });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).toContain('::error file=a.ts::from a suite');
    expect(html).toContain('&lt;b a=&quot;1&quot;&gt;');
    expect(html).not.toContain('<b a=');
    const data = dataOf(html);
    expect(data.texts[0]?.text).toBe(hostileText.toWellFormed());
    const withoutLogs = JSON.stringify(data, (key: string, value: unknown) => (key === 'logTail' || key === 'text' ? '' : value));
    expect(withoutLogs).not.toMatch(/\\u00[01]\d|[\u202a-\u202e\u200b]/);
  });

  it('is the same for the same run', async () => {
    expect(await write(report)).toBe(await write(report));
  });

  it('is written for a run without suites', async () => {
    expect(dataOf(await write(runReport([]))).report.suites).toEqual([]);
  });

  it('holds the end of a long log, from a whole line on, and those of problems first', async () => {
    const log = (key: string): string => `suites/${key}/1/log.txt`;
    const suites = ['a', 'b', 'c'].map((key) => suiteReport({ key, attempts: [attemptReport({ verdict: key === 'b' ? 'failed' : 'passed', log: log(key) })] }));
    const long = 'a line of the log\n'.repeat(20_000);
    const { texts } = dataOf(await write(runReport(suites), { [log('a')]: 'a', [log('b')]: long, [log('c')]: 'c' }));
    expect(texts.map(({ path }) => path)).toEqual(['b', 'a', 'c'].map(log));
    expect(texts[0]?.omittedBytes).toBe(long.length - 256 * 1024);
    expect(texts[0]?.text).toMatch(/^(a line of the log\n)+$/);
  });
});

describe('a report that is too large for a page', () => {
  const tests = [...passingTests(100), { name: 'fails', group: '', status: 'failed', details: 'x'.repeat(1000) } as const];
  const large = runReport([suiteReport({ key: 'a', attempts: [attemptReport({ tests })] }), suiteReport({ key: 'b', attempts: [attemptReport({ tests })] })]);
  const testsOf = ({ suites }: RunReport): readonly (readonly string[])[] => suites.map(({ attempts }) => attempts.flatMap((attempt) => attempt.tests.map(({ name }) => name)));

  it('keeps failures and counts, and leaves out tests that passed', () => {
    const bound = boundReport(large, { details: 100, failures: 10_000, others: 800 });
    expect(testsOf(bound)).toEqual([[...passingTests(10).map(({ name }) => name), 'fails'], ['fails']]);
    expect(bound.suites.map((suite) => suite.tests.total)).toEqual([101, 101]);
    expect(bound.suites[0]?.attempts[0]?.tests.at(-1)?.details).toBe(`${'x'.repeat(100)}\n[900 more characters in report.json]`);
  });

  it('is what it was when there is room', () => {
    expect(boundReport(large)).toEqual(large);
  });
});
