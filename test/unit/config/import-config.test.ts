import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const library = pathToFileURL(resolve(import.meta.dirname, '../../../lib/config/import-config.ts')).href;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubesuite-import-'));
});

afterAll(async () => rm(folder, { recursive: true }));

/** In a Node of its own: vitest has another loader than users have. */
async function failureOf(name: string, content: string): Promise<{ message: string; hint?: string }> {
  await writeFile(join(folder, name), content);
  const script = `import { importConfig } from '${library}';
    const { message, hint } = await importConfig(process.argv[1]).then(() => ({ message: 'it was imported' }), (error) => error);
    console.log(JSON.stringify({ message, hint }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, join(folder, name)]);
  return JSON.parse(stdout.replaceAll(folder, '<folder>')) as { message: string; hint?: string };
}

test('a syntax error is shown where it is', async () => {
  const { message } = await failureOf('syntax.config.ts', 'const fine = 1;\nexport default { a: ;\n');
  expect(message).toContain('<folder>/syntax.config.ts cannot be imported: Expression expected\n');
  expect(message).toMatch(/<folder>\/syntax\.config\.ts:2\n(.*\n)*export default \{ a: ;\n +\^$/);
});

test('what Node cannot strip is named', async () => {
  const { message, hint } = await failureOf('enum.config.ts', 'enum Type { Smoke }\nexport default { type: Type.Smoke };\n');
  expect(message).toContain('enum');
  expect(message).toContain('enum.config.ts:1\nenum Type { Smoke }\n^');
  expect(hint).toContain('write plain objects instead of enums');
});

test('an import that is not there', async () => {
  const { message, hint } = await failureOf('import.config.ts', "import { redis } from './redis';\nexport default { redis };\n");
  expect(message).toContain("Cannot find module '<folder>/redis' imported from <folder>/import.config.ts");
  expect(hint).toContain("with their ending, such as './redis.ts'");
});

test('an error of the config itself says where it was thrown', async () => {
  const { message } = await failureOf('throws.config.ts', "export default {};\nthrow new TypeError('boom');\n");
  expect(message).toBe('<folder>/throws.config.ts cannot be imported: TypeError: boom (file://<folder>/throws.config.ts:2:7)');
});

test('another kind of file', async () => {
  expect(await failureOf('suites.yaml', 'name: shop')).toMatchObject({ hint: 'name the file suites.config.ts, .mts, .js or .mjs' });
});
