import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { exampleApps, exampleConfigs, runExample, writeExample } from '../charts/support/examples.ts';
import { helm, listNamespace, spawnCli, succeed, test } from '../support/e2e.ts';
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

test.for([3, 4] as const)('the API server takes the chart of every example as Helm %i renders it, without a warning', async (major, { workspace }) => {
  for (const [index, example] of [...exampleConfigs, ...exampleApps].entries()) {
    const chart = join(workspace.folder, `chart-${index}`);
    await (exampleApps.includes(example) ? runExample(example, chart) : writeExample(example, chart));
    await succeed(helm(major), ['lint', '--strict', chart]);
    const rendered = await succeed(helm(major), ['template', 'example', chart, '--namespace', workspace.namespace]);
    const { stdout, stderr } = await workspace.applyDryRun(rendered);
    expect(stderr, example).toBe('');
    expect(stdout.split('\n').filter(Boolean), example).toHaveLength(rendered.match(/^kind: /gm)?.length ?? 0);
  }
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

test('run --chart installs a chart with objects of its own, and removes them', async ({ workspace }) => {
  await writeConfig(workspace.folder, { reads: shell('test "$OWN" = yes', { results: 'exit-code', env: { OWN: { configMap: 'own', key: 'own' } } }) });
  await spawnCli(workspace.folder, ['synth']);
  await writeFile(join(workspace.folder, 'charts/e2e/templates/own.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: own }\ndata: { own: "yes" }\n');
  const { exitCode, stderr } = await workspace.kubesuite('run', '--chart', 'charts/e2e');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(await listNamespace(workspace.namespace)).toEqual([]);
  expect(await workspace.kubesuite('run', '--chart', 'charts')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('there is no Chart.yaml in') });
});
