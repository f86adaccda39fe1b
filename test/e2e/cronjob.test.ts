import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { helm, spawnCli, succeed, test, type Workspace } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

async function install({ folder, namespace }: Workspace): Promise<void> {
  const line = `echo run=$KUBESUITE_SUITE; ${writesPass}`;
  await writeConfig(folder, { good: shell(line, { shards: 2 }), bad: shell(`${writesFailure}; exit 1`, { tags: ['slow'] }) }, { trigger: 'cronjob-template' });
  await spawnCli(folder, ['synth']);
  await succeed(helm(4), ['install', 'nightly', resolve(folder, 'charts/e2e'), '--namespace', namespace]);
}

test('suspended CronJobs are started by hand, reported, and only the Jobs of the run are removed', async ({ workspace }) => {
  const { kubectl, kubesuite, folder } = workspace;
  const jobs = async (): Promise<readonly string[]> => (await kubectl('get', 'jobs', '--output=name')).split('\n').filter(Boolean);
  await install(workspace);
  expect(await jobs()).toEqual([]);
  expect((await kubectl('get', 'cronjobs', '--output=jsonpath={.items[*].spec.suspend}')).split(' ')).toEqual(['true', 'true', 'true']);
  const early = await kubesuite('wait', 'nightly');
  expect(early.exitCode).toBe(2);
  expect(early.stderr).toContain('kubesuite run --from-cronjob nightly');

  await kubectl('create', 'job', 'by-hand', '--from=cronjob/nightly-good-1');
  const run = await kubesuite('run', '--from-cronjob', 'nightly');
  expect(run.exitCode, run.stderr).toBe(1);
  const { report } = await readReport(folder);
  expect(report.suites.map(({ key, verdict }) => [key, verdict])).toEqual([
    ['good-1', 'passed'],
    ['good-2', 'passed'],
    ['bad', 'failed'],
  ]);
  expect(await jobs()).toEqual(['job.batch/by-hand']);
  expect((await kubectl('get', 'pods', '--output=jsonpath={.items[*].metadata.labels.batch\\.kubernetes\\.io/job-name}')).split(' ')).toEqual(['by-hand']);
  expect(await kubectl('get', 'cronjobs', '--output=name')).toContain('cronjob.batch/nightly-bad');
});

test('a part is started twice, kept, and waited for by anybody', async ({ workspace }) => {
  const { kubectl, kubesuite, folder, namespace } = workspace;
  await install(workspace);
  const once = kubesuite('run', 'good', '--from-cronjob', 'nightly', '--keep');
  const again = kubesuite('run', '--tag', 'slow', '--from-cronjob', 'nightly', '--keep');
  expect((await once).exitCode).toBe(0);
  expect((await again).exitCode).toBe(1);
  const owners = await kubectl('get', 'jobs', '--output=jsonpath={range .items[*]}{.metadata.ownerReferences[0].name} {.metadata.annotations.cronjob\\.kubernetes\\.io/instantiate}{"\\n"}{end}');
  expect(owners.trim().split('\n').toSorted()).toEqual(['nightly-bad manual', 'nightly-good-1 manual', 'nightly-good-2 manual']);
  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  expect((await spawnCli(elsewhere, ['wait', 'nightly', '--namespace', namespace])).exitCode).toBe(1);
  const { report } = await readReport(elsewhere);
  expect(report.suites.map(({ key, verdict, tests }) => [key, verdict, tests.total])).toEqual([
    ['good-1', 'passed', 1],
    ['good-2', 'passed', 1],
    ['bad', 'failed', 2],
  ]);
});

test('a suite that an upgrade changed was not started', async ({ workspace }) => {
  const { kubectl, kubesuite, folder, namespace } = workspace;
  const upgrade = async (suites: Record<string, object>): Promise<void> => {
    await writeConfig(folder, suites, { trigger: 'cronjob-template' });
    await spawnCli(folder, ['synth']);
    await succeed(helm(4), ['upgrade', '--install', 'nightly', resolve(folder, 'charts/e2e'), '--namespace', namespace]);
  };
  await upgrade({ same: shell(writesPass), other: shell(writesPass) });
  for (const name of ['same', 'other']) await kubectl('create', 'job', `by-hand-${name}`, `--from=cronjob/nightly-${name}`);
  expect((await kubesuite('wait', 'nightly', '--output-dir', 'before')).exitCode).toBe(0);
  await upgrade({ same: shell(writesPass), other: shell(`sleep 1; ${writesPass}`) });
  expect((await kubesuite('wait', 'nightly')).exitCode).toBe(3);
  const { report } = await readReport(folder);
  expect(report.suites.map(({ verdict, cause }) => [verdict, cause])).toEqual([['passed', undefined], ['error', 'job-missing']]);
});

test('Ctrl+C removes the Jobs that were made, and leaves the CronJobs', async ({ workspace }) => {
  const { kubectl, kubesuite, folder, namespace } = workspace;
  await writeConfig(folder, { slow: shell('sleep 60') }, { trigger: 'cronjob-template' });
  await spawnCli(folder, ['synth']);
  await succeed(helm(3), ['install', 'nightly', resolve(folder, 'charts/e2e'), '--namespace', namespace]);
  const run = kubesuite('run', '--from-cronjob', 'nightly');
  await expect.poll(() => kubectl('get', 'pods', '--output=jsonpath={.items[*].status.phase}'), { timeout: 30_000 }).toBe('Running');
  run.kill('SIGINT');
  expect((await run).exitCode).toBe(130);
  expect(await kubectl('get', 'jobs,pods', '--output=name')).toBe('');
  expect(await kubectl('get', 'cronjobs', '--output=name')).toBe('cronjob.batch/nightly-slow\n');
});
