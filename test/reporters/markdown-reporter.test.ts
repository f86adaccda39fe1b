import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../lib/reporters/render/markdown/report.ts';
import { playEvents, ways } from './support/play-events.ts';
import { attemptReport, runReport, suiteReport } from './support/reports.ts';
import { sampleEvents } from './support/sample-events.ts';
import { samples } from './support/sample-suites.ts';

describe.each(ways)('markdown reporter, %s', (way) => {
  it('writes verdict, table and why the run is not green', async () => {
    const { folder } = await playEvents(way, ['markdown'], sampleEvents);
    await expect(folder.files.get('report.md')).toMatchFileSnapshot('golden/report.md');
  });
});

describe('renderMarkdown', () => {
  it('shows the table at once when all passed', () => {
    expect(renderMarkdown(runReport([samples.passed, samples.exitCodeOnly]), { maxBytes: 10_000 })).toMatchInlineSnapshot(`
      "## ✓ \`shop\` passed

      Suites: 2 passed (2) · Tests: 12 passed (12) · 1m 5s · exit code 0

      run \`r7f3\` · release \`shop\` · namespace \`shop-tests\` · context \`kind-dev\` · chart \`shop-suites-0.1.0\`

      | suite | type | verdict | tests | time | |
      |---|---|---|---:|---:|---|
      | \`ping\` | \`smoke\` | ✓ passed | 12 | 3.1s |  |
      | \`migrate\` | \`smoke\` | ✓ passed |  | 3.1s |  |
      "
    `);
  });

  it('keeps to its size, and says what it left out', () => {
    const tests = Array.from({ length: 50 }, (_, index) => ({ name: `${index}`, group: '画像', status: 'failed' as const, details: '画像\n'.repeat(500) }));
    const suites = Array.from({ length: 400 }, (_, index) => suiteReport({ key: `suite-${index}`, attempts: [attemptReport({ verdict: 'failed', tests })] }));
    const text = renderMarkdown(runReport(suites), { maxBytes: 200_000 });
    expect(Buffer.byteLength(text)).toBeLessThan(200_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(150_000);
    expect(text).toMatch(/\n\d+ more suites left out: see the report of the run\.\n$/);
  });
});
