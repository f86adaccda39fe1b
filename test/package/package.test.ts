import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectorScript } from '../../lib/constructs/collector-script.ts';
import { packProject, type PackedProject } from '../support/packed-project.ts';

const repository = resolve(import.meta.dirname, '../..');

const typeOptions = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];

describe('the npm package in an empty folder', () => {
  let project: PackedProject;

  beforeAll(async () => {
    project = await packProject();
    await project.run('npm', ['install', '--save-dev', '--prefer-offline', project.tarball, 'cdk8s-cli', 'typescript', '@types/node']);
  });

  afterAll(async () => project[Symbol.asyncDispose]());

  it('holds what was compiled, and neither sources nor tests', async () => {
    const paths = (await project.run('tar', ['-tzf', project.tarball])).trim().split('\n');
    const unexpected = paths.filter((path) => !/^package\/(?:dist\/.+(?:\.js|\.d\.ts)|dist\/licenses\.txt|bin\/kubesuite\.js|package\.json|docs\/guide\/[a-z-]+\.md|docs\/reference\/report\.schema\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path));
    expect(unexpected).toEqual([]);
    expect(paths).toContain('package/dist/index.d.ts');
    expect(paths).not.toContain('package/dist/stale.js');
    expect(paths.filter((path) => /(?:^|\/)(?:test|testdata|fixtures|golden)\/|\.test\./.test(path))).toEqual([]);
  });

  it('makes a project whose chart the CLI and cdk8s write alike', async () => {
    expect(await project.run('npx', ['kubesuite', 'init'])).toContain('Wrote suites.config.ts');
    expect(await project.run('npx', ['kubesuite', 'synth'])).toBe('Wrote charts/tests: 11 files, 1 suite.\n');
    expect(await project.run('npx', ['cdk8s', 'synth'])).toContain('charts/tests/templates/hello.yaml');
    expect(await project.run('npx', ['kubesuite', 'synth', '--check'])).toBe('charts/tests is up to date.\n');
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(await project.run('npx', ['kubesuite', '--version'])).toBe(`${version}\n`);
  });

  it('brings the collector script', async () => {
    await copyFile(join(repository, 'examples/readme/suites.config.ts'), join(project.folder, 'collecting.config.ts'));
    await writeFile(join(project.folder, 'tests/Containerfile'), 'FROM scratch\n');
    await project.run('npx', ['kubesuite', 'synth', '--config', 'collecting.config.ts', '--output', 'collecting']);
    const template = await readFile(join(project.folder, 'collecting/templates/shared/collector.yaml'), 'utf8');
    expect(template).toContain(collectorScript.split('\n')[1]);
  });

  it('lets a cdk8s app of its own add objects to the chart', async () => {
    await cp(join(repository, 'examples/own-cdk8s-app'), join(project.folder, 'own'), { recursive: true });
    await project.run('node', ['own/main.ts']);
    expect(await readFile(join(project.folder, 'charts/web/templates/application.yaml'), 'utf8')).toContain('kind: Deployment');
    await project.run('npx', ['tsc', ...typeOptions, 'own/main.ts']);
  });

  it('has types that hold without those of the repository', async () => {
    await project.run('npx', ['tsc', ...typeOptions, 'main.ts', 'suites.config.ts']);
    await writeFile(join(project.folder, 'wrong.config.ts'), `${(await readFile(join(project.folder, 'suites.config.ts'), 'utf8')).replace("type: 'smoke'", "type: 'smok'")}`);
    await expect(project.run('npx', ['tsc', ...typeOptions, 'wrong.config.ts'])).rejects.toMatchObject({ stdout: expect.stringContaining(`'"smok"' is not assignable to type '"smoke"'`) });
  });
});
