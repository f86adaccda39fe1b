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
    ['README.md', await withSnippet('README.md', 'ts', 'examples/readme/suites.config.ts')],
    ['docs/guide/argo-cd.md', await withSnippet('docs/guide/argo-cd.md', 'yaml', 'examples/argo-cd/application.yaml')],
  ]);
}

/** The page with its first block of the language replaced by the file that is tested. */
async function withSnippet(page: string, language: string, example: string): Promise<string> {
  const [text, code] = await Promise.all([readFile(page, 'utf8'), readFile(example, 'utf8')]);
  return text.replace(new RegExp(`\`\`\`${language}\\n[^]*?\`\`\``), () => `\`\`\`${language}\n${code}\`\`\``);
}
