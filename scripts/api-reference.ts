import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureGeneratorPackages } from './generator-packages.ts';

/** The reference of what lib/index.ts exports, made of its JSDoc. A symbol without JSDoc is an error. */
export async function renderApiReference(): Promise<string> {
  const tools = await ensureGeneratorPackages();
  const output = await mkdtemp(join(tmpdir(), 'kubesuite-api-'));
  try {
    await typedoc(tools, output);
    const text = await readFile(join(output, 'api.md'), 'utf8');
    return text.replace('# kubesuite\n', '# API reference\n\nGenerated from what `kubesuite` exports by `npm run generate`. [The config](config.md) has a page of its own.\n');
  } finally {
    await rm(output, { recursive: true });
  }
}

async function typedoc(tools: string, output: string): Promise<void> {
  const args = ['--options', 'typedoc.json', '--plugin', join(tools, 'typedoc-plugin-markdown/dist/index.js'), '--out', output];
  try {
    await promisify(execFile)(process.execPath, [join(tools, 'typedoc/bin/typedoc'), ...args], { timeout: 600_000, env: { ...process.env, NO_COLOR: '1' } });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`typedoc cannot render the API reference:\n${stdout}${stderr}`, { cause: error });
  }
}
