import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalRunFolder } from '../../lib/adapters/run-folder.ts';

describe('LocalRunFolder', () => {
  let base: string;
  let folder: LocalRunFolder;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'kubesuite-run-folder-'));
    folder = new LocalRunFolder(join(base, 'runs', 'r7f3'));
  });

  afterEach(async () => {
    await rm(base, { recursive: true });
  });

  const read = async (path: string): Promise<string> => readFile(join(folder.root, path), 'utf8');

  it('writes, replaces and makes folders', async () => {
    await folder.write('suites/ping/1/files/a b/…/x.txt', 'longer than the next');
    await folder.write('suites/ping/1/files/a b/…/x.txt', new TextEncoder().encode('next'));
    await folder.write('suites/ping/1/files/..hidden', 'fine');
    expect(await read('suites/ping/1/files/a b/…/x.txt')).toBe('next');
    expect(await read('suites/ping/1/files/..hidden')).toBe('fine');
  });

  it('reads the end of a file', async () => {
    await folder.write('a/log.txt', '0123456789');
    expect(await folder.readEnd('a/log.txt', 4)).toEqual({ text: '6789', omittedBytes: 6 });
    expect(await folder.readEnd('a/log.txt', 40)).toEqual({ text: '0123456789', omittedBytes: 0 });
    expect(await folder.readEnd('a/none.txt', 4)).toBeUndefined();
    expect(await folder.readEnd('a', 4)).toBeUndefined();
  });

  it('reads through no link', async () => {
    await writeFile(join(base, 'secret'), 'secret');
    await folder.write('a/x', '');
    await symlink(join(base, 'secret'), join(folder.root, 'a/link'));
    await symlink(base, join(folder.root, 'up'));
    expect(await folder.readEnd('a/link', 10)).toBeUndefined();
    expect(await folder.readEnd('up/secret', 10)).toBeUndefined();
    for (const path of ['../secret', join(base, 'secret'), 'a/../../secret', '', 'a\0']) expect(await folder.readEnd(path, 10)).toBeUndefined();
  });

  it('appends in the order of the calls', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `${index}\n`);
    await folder.write('events.jsonl', 'start\n');
    await Promise.all(lines.map((line) => folder.append('events.jsonl', line)));
    expect(await read('events.jsonl')).toBe(`start\n${lines.join('')}`);
  });

  it('appends again after a failure', async () => {
    await folder.write('events.jsonl/inside', 'a folder where a file should be');
    const failed = folder.append('events.jsonl', 'one');
    await expect(failed).rejects.toMatchObject({ code: 'RUN_FOLDER', message: expect.stringContaining('events.jsonl cannot be written: EISDIR') });
    await rm(join(folder.root, 'events.jsonl'), { recursive: true });
    await folder.append('events.jsonl', 'two');
    expect(await read('events.jsonl')).toBe('two');
  });

  it.each(['', '.', '..', '../x', 'a/../../x', 'a/./x', '/etc/x', 'a//x', 'a/', 'a\0b'])('refuses %j', async (path) => {
    await expect(folder.write(path, 'x')).rejects.toMatchObject({ code: 'RUN_FOLDER_PATH' });
    await expect(folder.append(path, 'x')).rejects.toMatchObject({ code: 'RUN_FOLDER_PATH' });
    expect(await readdir(base)).toEqual([]);
  });

  it('follows no link out', async () => {
    const outside = join(base, 'outside');
    await mkdir(outside);
    await mkdir(folder.root, { recursive: true });
    await symlink(outside, join(folder.root, 'link'));
    await writeFile(join(outside, 'target'), 'untouched');
    await symlink(join(outside, 'target'), join(folder.root, 'file'));
    for (const path of ['link/x', 'link/new/x', 'file']) {
      await expect(folder.write(path, 'x')).rejects.toMatchObject({ code: 'RUN_FOLDER_PATH' });
      await expect(folder.append(path, 'x')).rejects.toMatchObject({ code: 'RUN_FOLDER_PATH' });
    }
    expect(await readdir(outside)).toEqual(['target']);
    expect(await readFile(join(outside, 'target'), 'utf8')).toBe('untouched');
  });
});
