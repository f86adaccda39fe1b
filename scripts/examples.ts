import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = 'docs/guide';

/** The pages of the guide, where each block below `<!-- example: path -->` is that file, which tests check. */
export async function renderGuide(): Promise<ReadonlyMap<string, string>> {
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
  return new Map(await Promise.all(pages.map(async (page) => [page, await withExamples(await readFile(page, 'utf8'))] as const)));
}

async function withExamples(text: string): Promise<string> {
  const block = /(<!-- example: (\S+) -->\n```\w*\n)[^]*?```/g;
  const paths = new Set(text.matchAll(block).map(([, , path = '']) => path));
  const code = new Map(await Promise.all([...paths].map(async (path) => [path, await readFile(path, 'utf8')] as const)));
  return text.replaceAll(block, (_, head: string, path: string) => `${head}${code.get(path) ?? ''}\`\`\``);
}
