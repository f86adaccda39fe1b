import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/load.ts';
import type { KubesuiteError } from '../../../lib/errors.ts';

let root: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kubesuite-load-'));
});

afterAll(async () => rm(root, { recursive: true }));

const image = `{ repository: 'busybox', tag: '1' }`;

function source(images = image): string {
  return `export default { name: 'shop', images: { tests: ${images} }, types: { smoke: {} }, suites: { ping: { type: 'smoke', image: 'tests' } } };\n`;
}

/** A folder of its own: Node imports a file only once. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, String(++count));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function failureOf(files: Readonly<Record<string, string>>, path?: string): Promise<Pick<KubesuiteError, 'code' | 'message' | 'hint'>> {
  const folder = await folderWith(files);
  const { code, message, hint } = await loadConfig(path, folder).then(
    () => Promise.reject(new Error('it was loaded')),
    (error: unknown) => error as KubesuiteError,
  );
  return { code, message: message.replaceAll(folder, '<folder>'), hint };
}

describe('the file', () => {
  test.each(['suites.config.ts', 'suites.config.mts', 'suites.config.js', 'suites.config.mjs'])('%s is found', async (name) => {
    const folder = await folderWith({ [name]: source(), 'package.json': '{"type": "module"}' });
    const { config, path } = await loadConfig(undefined, folder);
    expect(path).toBe(join(folder, name));
    expect(config.suites.map((suite) => suite.name)).toEqual(['ping']);
  });

  test('another is named, relative to the working folder', async () => {
    const folder = await folderWith({ 'conf/other.ts': source() });
    expect(await loadConfig('conf/other.ts', folder)).toMatchObject({ path: join(folder, 'conf/other.ts') });
  });

  test('that is missing says where it was looked for, and what to do', async () => {
    expect(await failureOf({ 'other.ts': '' })).toEqual({
      code: 'CONFIG_MISSING', message: 'There is no suites.config.ts in <folder>.', hint: 'run `kubesuite init`, or name a file with --config',
    });
    expect(await failureOf({ 'other.ts': '' }, 'x.ts')).toMatchObject({ code: 'CONFIG_MISSING', message: 'There is no <folder>/x.ts.' });
  });

  test('of a parent folder is not used', async () => {
    const folder = await folderWith({ 'suites.config.ts': source(), 'below/a': '' });
    await expect(loadConfig(undefined, join(folder, 'below'))).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
  });
});

describe('a module that cannot be imported', () => {
  test('for its syntax', async () => {
    const { code, message } = await failureOf({ 'suites.config.ts': 'const fine = 1;\nexport default { a: ;\n' });
    expect(code).toBe('CONFIG_LOAD');
    expect(message).toContain('<folder>/suites.config.ts cannot be imported: ');
  });

  test('because it throws', async () => {
    const { code, message } = await failureOf({ 'suites.config.ts': `export default {};\nthrow new TypeError('boom');\n` });
    expect(code).toBe('CONFIG_LOAD');
    expect(message).toContain('TypeError: boom');
  });

  test('because it throws something else', async () => {
    expect(await failureOf({ 'suites.config.ts': `throw 'boom';` })).toMatchObject({ code: 'CONFIG_LOAD', message: '<folder>/suites.config.ts cannot be imported: boom' });
  });

  test('without a default export', async () => {
    expect(await failureOf({ 'suites.config.ts': 'export const config = {};' })).toEqual({
      code: 'CONFIG_LOAD', message: '<folder>/suites.config.ts has no default export.', hint: 'write `export default defineSuites({ … })`',
    });
  });
});

describe('images that are built here', () => {
  test('have an absolute context, and a tag of its content', async () => {
    const folder = await folderWith({ 'suites.config.ts': source(`{ context: './tests', file: '../Containerfile' }`), 'tests/a': 'x', Containerfile: 'FROM scratch' });
    const { config } = await loadConfig(undefined, folder);
    expect(config.images['tests']).toMatchObject({ context: join(folder, 'tests'), file: join(folder, 'Containerfile'), tag: expect.stringMatching(/^[0-9a-f]{12}$/) as string });
  });

  test.each([
    ['a folder that is not there', `{ context: './none' }`, 'images.tests.context: must be a folder that exists'],
    ['a file in place of the folder', `{ context: './suites.config.ts' }`, 'images.tests.context: must be a folder that exists'],
    ['a folder without a Containerfile', `{ context: '.' }`, 'images.tests.context: must hold a Containerfile or Dockerfile'],
    ['a Containerfile that is not there', `{ context: '.', file: 'none' }`, 'images.tests.file: must be a file that exists'],
  ])('%s is a problem', async (_title, images, problem) => {
    const { code, message } = await failureOf({ 'suites.config.ts': source(images) });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain('<folder>/suites.config.ts has 1 problem:\n');
    expect(message).toContain(problem);
  });
});
