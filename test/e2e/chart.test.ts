import { resolve } from 'node:path';
import { expect } from 'vitest';
import { helm, spawnCli, succeed, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesPass } from './fixtures/suites.ts';

const shop = resolve(import.meta.dirname, '../../charts/shop');

test.for([3, 4] as const)("the demo's chart is taken by the API server as Helm %i renders it, within PodSecurity restricted", async (major, { workspace }) => {
  await succeed(helm(major), ['lint', '--strict', shop]);
  const rendered = await succeed(helm(major), ['template', 'shop', shop, '--namespace', workspace.namespace]);
  const applied = await workspace.applyDryRun(rendered);
  expect(applied.stderr).toBe('');
  expect(applied.stdout.match(/^job\.batch\/\S+ created \(server dry run\)$/gm)).toHaveLength(9);
});

test('productionMode switches the registry, and the suites pass from there', async ({ workspace }) => {
  await writeConfig(
    workspace.folder,
    { one: shell(writesPass, { startTimeout: '15s' }) },
    {
      images: { box: { repository: 'registry.invalid/kubesuite-e2e', tag: '1', pullPolicy: 'Never' } },
      production: { registry: 'localhost', pullPolicy: 'Never' },
    },
  );
  const result = await spawnCli(workspace.folder, ['run', '--namespace', workspace.namespace], { PRODUCTION_MODE: 'true' });
  expect(result.exitCode).toBe(0);
  expect((await readReport(workspace.folder)).report.verdict).toBe('passed');
});

test('upgrading an unchanged chart runs nothing again; a change runs that suite', async ({ workspace }) => {
  const suites = { one: shell(writesPass), two: shell(writesPass) };
  const install = ['upgrade', '--install', 'plain', resolve(workspace.folder, 'charts/e2e'), '--namespace', workspace.namespace];
  const jobs = async (): Promise<readonly string[]> => (await workspace.kubectl('get', 'jobs', '--output=name')).trim().split('\n');
  await writeConfig(workspace.folder, suites);
  await spawnCli(workspace.folder, ['synth']);
  await succeed(helm(4), install);
  const first = await jobs();
  await succeed(helm(4), install);
  expect(await jobs()).toEqual(first);
  await writeConfig(workspace.folder, { ...suites, two: shell(`true; ${writesPass}`) });
  await spawnCli(workspace.folder, ['synth']);
  await succeed(helm(4), install);
  await expect.poll(async () => (await jobs()).filter((job) => first.includes(job)), { timeout: 30_000 }).toHaveLength(1);
  expect(await jobs()).toHaveLength(2);
  await succeed(helm(4), ['uninstall', 'plain', '--namespace', workspace.namespace, '--wait']);
});
