import { readFile } from 'node:fs/promises';
import { renderApiReference } from './api-reference.ts';
import { renderGuide } from './examples.ts';
import { renderPageAssets } from './report-page.ts';
import { renderReference } from './reference.ts';
import { renderReportSchema } from './report-schema.ts';
import { renderReliability } from './reliability.ts';

/** Files of the repository that are made of other files, beside the demo's chart. */
export async function renderGenerated(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/config.md', renderReference()],
    ['docs/reference/api.md', await renderApiReference()],
    ['docs/reference/report.schema.json', await renderReportSchema()],
    ['lib/reporters/html/assets.generated.ts', await renderPageAssets()],
    ['docs/reliability.md', await renderReliability()],
    ...(await renderGuide()),
    ['README.md', await renderReadme()],
  ]);
}

/** The README, where the first block of TypeScript is the example. Readers of npm would see a comment. */
async function renderReadme(): Promise<string> {
  const [text, code] = await Promise.all([readFile('README.md', 'utf8'), readFile('examples/readme/suites.config.ts', 'utf8')]);
  return text.replace(/```ts\n[^]*?```/, () => `\`\`\`ts\n${code}\`\`\``);
}
