import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test as base } from 'vitest';
import { bundledPackage, bundleModules } from '../../scripts/bundled-modules.ts';

interface Modules {
  readonly path: string;
  write(file: string, text: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

const test = base.extend<{ folder: Modules }>({
  // vitest reads from the pattern which fixtures are wanted: none.
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const path = await mkdtemp(join(tmpdir(), 'kubesuite-bundle-'));
    await use({
      path,
      write: async (file, text) => {
        await mkdir(dirname(join(path, file)), { recursive: true });
        await writeFile(join(path, file), text);
      },
      list: async () => (await readdir(path)).filter((name) => name !== 'node_modules').toSorted(),
    });
    await rm(path, { recursive: true });
  },
});

async function writePackage({ write }: Modules, manifest: object): Promise<void> {
  const root = `node_modules/${bundledPackage}`;
  await write(`${root}/package.json`, JSON.stringify({ name: bundledPackage, version: '1.0.0', type: 'module', exports: './index.js', ...manifest }));
  await write(`${root}/index.js`, "export const answer = 'forty-two';");
  await write('index.js', `import './other.js'; import { answer } from '${bundledPackage}'; console.log(answer);`);
  await write('other.js', 'console.log(1);');
}

describe('bundleModules', () => {
  test('leaves the bundle and its licences', async ({ folder }) => {
    await writePackage(folder, { license: 'Apache-2.0' });
    await folder.write(`node_modules/${bundledPackage}/LICENSE`, 'As is.\n');
    await folder.write(`node_modules/${bundledPackage}/LICENSES/MIT.txt`, '');
    await bundleModules(folder.path, ['index']);
    expect(await folder.list()).toEqual(['index.js', 'licenses.txt']);
    expect(await readFile(join(folder.path, 'index.js'), 'utf8')).toContain('forty-two');
    expect(await readFile(join(folder.path, 'licenses.txt'), 'utf8')).toBe(`${bundledPackage} 1.0.0 (Apache-2.0)\n\nAs is.`);
  });

  test('refuses to bundle what has no licence, and changes nothing', async ({ folder }) => {
    await writePackage(folder, {});
    await expect(bundleModules(folder.path, ['index'])).rejects.toThrow(`${bundledPackage} 1.0.0 would be bundled, whose package.json has no licence: `);
    expect(await folder.list()).toEqual(['index.js', 'other.js']);
  });

  test('says what to do with a package that is no dependency', async ({ folder }) => {
    await folder.write('index.js', "import 'not-there';");
    await expect(bundleModules(folder.path, ['index'])).rejects.toThrow('The bundle imports not-there, which package.json does not have: add it to its dependencies, or bundle it as well.');
  });
});
