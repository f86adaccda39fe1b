import { readFile } from 'node:fs/promises';
import { renderApiReference } from './api-reference.ts';
import { renderReference } from './reference.ts';

/** Files of the repository that are made of other files, beside the demo's chart. */
export async function renderGenerated(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/config.md', renderReference()],
    ['docs/reference/api.md', await renderApiReference()],
    ['docs/guide/values.md', await withNamedSnippets('docs/guide/values.md')],
    ['README.md', await withSnippet('README.md', 'examples/readme/suites.config.ts')],
  ]);
}

/** The page with its first TypeScript block replaced by the file that is type-checked and loaded. */
async function withSnippet(page: string, example: string): Promise<string> {
  const [text, code] = await Promise.all([readFile(page, 'utf8'), readFile(example, 'utf8')]);
  return text.replace(/```ts\n[^]*?```/, () => `\`\`\`ts\n${code}\`\`\``);
}

/** The page with each block below `<!-- path -->` replaced by the file at that path. */
async function withNamedSnippets(page: string): Promise<string> {
  let text = await readFile(page, 'utf8');
  for (const [, path = ''] of text.matchAll(/^<!-- (examples\/\S+) -->$/gm)) {
    const code = await readFile(path, 'utf8');
    const start = `<!-- ${path} -->\n`;
    const block = text.slice(text.indexOf(start) + start.length).match(/^```(\w+)\n[^]*?```/);
    if (block === null) throw new Error(`${page}: no block of code follows ${start.trim()}`);
    text = text.replace(`${start}${block[0]}`, () => `${start}\`\`\`${block[1]}\n${code}\`\`\``);
  }
  return text;
}
