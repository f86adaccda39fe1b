import { readFile } from 'node:fs/promises';
import { renderApiReference } from './api-reference.ts';
import { renderGuide } from './examples.ts';
import { renderReference } from './reference.ts';

/** Files of the repository that are made of other files, beside the demo's chart. */
export async function renderGenerated(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/config.md', renderReference()],
    ['docs/reference/api.md', await renderApiReference()],
    ...(await renderGuide()),
    ['README.md', await withSnippet('README.md', 'examples/readme/suites.config.ts')],
  ]);
}

/** The page with its first TypeScript block replaced by the file that is type-checked and loaded. */
async function withSnippet(page: string, example: string): Promise<string> {
  const [text, code] = await Promise.all([readFile(page, 'utf8'), readFile(example, 'utf8')]);
  return text.replace(/```ts\n[^]*?```/, () => `\`\`\`ts\n${code}\`\`\``);
}
