import { join } from 'node:path';
import { expect } from 'vitest';
import { listNamespace, spawnCli, test } from '../support/e2e.ts';
import { packProject } from '../support/packed-project.ts';
import { shell, writeConfig } from './fixtures/suites.ts';

test('the npm package, with the client that is bundled into it, runs suites and removes them', { timeout: 300_000 }, async ({ workspace }) => {
  await using project = await packProject();
  await project.run('npm', ['install', '--prefer-offline', project.tarball]);
  const cli = join(project.folder, 'node_modules/kubesuite/bin/kubesuite.js');
  await writeConfig(workspace.folder, { good: shell('echo ok 1; echo 1..1', { results: 'stdout:tap' }), bad: shell('echo not ok 1; echo 1..1', { results: 'stdout:tap' }) });
  const { stdout, exitCode } = await spawnCli(workspace.folder, ['run', '--namespace', workspace.namespace], {}, cli);
  expect(stdout).toMatch(/1 passed/);
  expect(exitCode, stdout).toBe(1);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});
