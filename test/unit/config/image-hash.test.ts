import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashContext } from '../../../lib/config/image-hash.ts';

let root: string;
let context: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kubesuite-context-'));
  context = join(root, 'context');
  await mkdir(join(context, 'sub'), { recursive: true });
  await writeFile(join(context, 'a'), 'content');
  await writeFile(join(context, 'sub', 'b'), 'content');
  await symlink('a', join(context, 'link'));
  await writeFile(join(root, 'Containerfile'), 'FROM scratch');
});

afterEach(async () => rm(root, { recursive: true }));

test('it is twelve hexadecimal digits that only the content makes', async () => {
  const before = await hashContext(context);
  expect(before).toMatch(/^[0-9a-f]{12}$/);
  const copy = join(root, 'copy');
  await cp(context, copy, { recursive: true, verbatimSymlinks: true });
  expect(await hashContext(copy)).toBe(before);
  expect(await hashContext(`${context}/`)).toBe(before);
});

test('it is the same for everybody', async () => {
  expect(await hashContext(context)).toMatchInlineSnapshot(`"b3253caefb37"`);
});

test.each<[string, () => Promise<unknown>]>([
  ['content', async () => writeFile(join(context, 'a'), 'other')],
  ['a new file', async () => writeFile(join(context, 'c'), '')],
  ['a moved file', async () => {
    await rm(join(context, 'sub', 'b'));
    await writeFile(join(context, 'b'), 'content');
  }],
  ['an executable bit', async () => chmod(join(context, 'a'), 0o755)],
  ['the target of a link', async () => {
    await rm(join(context, 'link'));
    await symlink('sub/b', join(context, 'link'));
  }],
  ['a link that becomes a file', async () => {
    await rm(join(context, 'link'));
    await writeFile(join(context, 'link'), 'a');
  }],
])('it changes with %s', async (_title, change) => {
  const before = await hashContext(context);
  await change();
  expect(await hashContext(context)).not.toBe(before);
});

test.each<[string, () => Promise<unknown>]>([
  ['an empty folder, which git does not keep', async () => mkdir(join(context, 'empty'))],
  ['rights that a checkout does not keep', async () => chmod(join(context, 'a'), 0o600)],
])('it does not change with %s', async (_title, change) => {
  const before = await hashContext(context);
  await change();
  expect(await hashContext(context)).toBe(before);
});

test('links are not followed, not even out of the context or in circles', async () => {
  await symlink(root, join(context, 'out'));
  await symlink('nowhere', join(context, 'broken'));
  const before = await hashContext(context);
  await writeFile(join(root, 'secret'), 'x');
  expect(await hashContext(context)).toBe(before);
});

test('a Containerfile outside of the context counts', async () => {
  const file = join(root, 'Containerfile');
  const before = await hashContext(context, { file });
  expect(before).not.toBe(await hashContext(context));
  await writeFile(file, 'FROM busybox');
  expect(await hashContext(context, { file })).not.toBe(before);
});

test('it makes a difference which Containerfile of the context is used', async () => {
  const [first, second] = await Promise.all(['a', 'sub/b'].map(async (name) => hashContext(context, { file: join(context, name) })));
  expect(first).not.toBe(second);
});

describe('an ignore file', () => {
  /** Whether a new file of that name changes the hash. */
  async function counts(path: string): Promise<boolean> {
    const before = await hashContext(context);
    await mkdir(dirname(join(context, path)), { recursive: true });
    await writeFile(join(context, path), 'new');
    return (await hashContext(context)) !== before;
  }

  test('keeps what it names out of the hash, by the rules of Docker', async () => {
    await writeFile(join(context, '.dockerignore'), '# caches\nnode_modules\n**/*.log\nreports/*\n!reports/keep\n');
    expect(await counts('node_modules/x/index.js')).toBe(false);
    expect(await counts('deep/down/a.log')).toBe(false);
    expect(await counts('reports/junit.xml')).toBe(false);
    // Unlike in .gitignore, a name without a slash is one in the context itself.
    expect(await counts('sub/node_modules/index.js')).toBe(true);
    expect(await counts('reports/keep')).toBe(true);
    expect(await counts('other')).toBe(true);
    expect(await counts('Node_Modules/index.js')).toBe(true);
  });

  test('.containerignore goes before .dockerignore', async () => {
    await writeFile(join(context, '.containerignore'), 'x');
    await writeFile(join(context, '.dockerignore'), 'y');
    expect(await counts('x')).toBe(false);
    expect(await counts('y')).toBe(true);
  });

  test('does not keep the Containerfile out, which is used all the same', async () => {
    await writeFile(join(context, '.dockerignore'), '*');
    expect(await counts('Containerfile')).toBe(true);
    expect(await counts('c')).toBe(false);
  });

  test('counts itself: it is part of what makes the image', async () => {
    expect(await counts('.dockerignore')).toBe(true);
  });
});
