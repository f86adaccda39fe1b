import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { createProgram } from '../../lib/cli/program.ts';
import { FakeScreen } from '../support/fake-screen.ts';

const root = resolve(import.meta.dirname, '../..');
const guide = (await readdir(join(root, 'docs/guide'))).filter((name) => name.endsWith('.md')).map((name) => `docs/guide/${name}`);
const pages = await Promise.all(['README.md', 'charts/shop/README.md', ...guide].map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));

interface Block {
  readonly path: string;
  /** The line above. */
  readonly above: string;
  readonly language: string;
  readonly lines: readonly string[];
}

const blocks: readonly Block[] = pages.flatMap(({ path, text }) =>
  [...text.matchAll(/(.*)\n```(\w*)\n([^]*?)```/g)].map(([, above = '', language = '', body = '']) => ({ path, above, language, lines: body.trimEnd().split('\n') })),
);
const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ path, lines }) => lines.map((line) => ({ path, line: line.replace(/ +#.*/, '') })));
const inText = pages.flatMap(({ path, text }) => [...text.matchAll(/`((?:npx )?kubesuite [^`…]*|helm [^`…]*)`/g)].map(([, line = '']) => ({ path, line: line.replace(/\[(--[^\]]*)\]/, '$1').replace(/ \[.*/, '') })));

describe('the docs', () => {
  it('show code that is a file of examples/, which is tested', () => {
    const code = blocks.filter(({ path, language }) => path.startsWith('docs/guide/') && language !== 'sh' && language !== '');
    expect(code.length).toBeGreaterThan(8);
    expect(code.filter(({ above }) => !/^<!-- example: examples\/\S+ -->$/.test(above))).toEqual([]);
  });

  it.for([...commands, ...inText].filter(({ line }) => /(^|[= ])kubesuite /.test(line) && !/npm install/.test(line)))('$path: $line', async ({ line }) => {
    const [name = '', ...args] = line.replace(/^.*?kubesuite /, '').replaceAll(/\b[A-Z]+\b/g, (placeholder) => placeholder.toLowerCase()).split(/ +/).filter(Boolean);
    const context = { cwd: root, env: {}, screen: new FakeScreen(), stderr: () => {}, clock: systemClock, signal: new AbortController().signal, announceRemains: () => {}, listenToStrays: () => () => {} };
    const command = (await createProgram([name], context, () => {})).commands.find((known) => known.name() === name);
    if (command === undefined) throw new Error(`there is no command ${name}`);
    const { unknown, operands } = command.parseOptions(args);
    expect(unknown).toEqual([]);
    const least = command.registeredArguments.filter(({ required }) => required).length;
    // Beside options, a mention such as `kubesuite wait` names only the command.
    if (line.startsWith('npx')) expect(operands.length).toBeGreaterThanOrEqual(least);
    expect(operands.length <= command.registeredArguments.length || command.registeredArguments.at(-1)?.variadic).toBe(true);
  });

  it.for([...commands, ...inText].filter(({ line }) => /^helm .*--set/.test(line)))('$path: $line', async ({ line }) => {
    const values = parse(await readFile(join(root, 'charts/shop/values.yaml'), 'utf8')) as unknown;
    for (const [, path = ''] of line.matchAll(/--set(?:-string)? ([\w.]+)=/g)) {
      const value = path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], values);
      expect(value, path).toBeDefined();
    }
  });

  it('give Argo CD parameters that are values of the chart', async () => {
    const patch = parse(await readFile(join(root, 'examples/argo-cd/run-id.yaml'), 'utf8')) as { readonly spec: { readonly source: { readonly helm: { readonly parameters: readonly object[] } } } };
    expect(patch.spec.source.helm.parameters).toEqual([{ name: 'run.id', value: '$ARGOCD_APP_REVISION_SHORT', forceString: true }]);
    const schema = JSON.parse(await readFile(join(root, 'charts/shop/values.schema.json'), 'utf8')) as { readonly properties: { readonly run: { readonly properties: { readonly id: { readonly pattern: string } } } } };
    // A short commit may be digits only, or a number with an exponent.
    for (const commit of ['0a1b2c3', '1234567', '12e4567']) expect(commit).toMatch(new RegExp(schema.properties.run.properties.id.pattern));
  });

  it('install into a namespace that need not be there', () => {
    const installs = commands.filter(({ line }) => /^helm (install|upgrade --install)/.test(line));
    expect(installs.length).toBeGreaterThan(2);
    expect(installs.filter(({ line }) => !line.includes('--create-namespace'))).toEqual([]);
  });
});
