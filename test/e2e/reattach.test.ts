import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { helm, listNamespace, spawnCli, succeed, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

const phases = ['get', 'pods', '--output=jsonpath={.items[*].status.phase}'];

test('a killed run is waited for again, from another folder, with a complete report', async ({ workspace }) => {
  await writeConfig(workspace.folder, {
    quick: shell(writesPass),
    slow: shell(`sleep 8; ${writesPass}`),
    breaks: shell(`sleep 4; ${writesFailure}; exit 1`),
  });
  const run = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl(...phases), { timeout: 30_000 }).toContain('Running');
  run.kill('SIGKILL');
  const elsewhere = await mkdtemp(join(tmpdir(), 'kubesuite-elsewhere-'));
  try {
    const wait = ['wait', 'e2e', '--namespace', workspace.namespace];
    const first = await spawnCli(elsewhere, wait);
    expect(first.exitCode).toBe(1);
    const { report, root } = await readReport(elsewhere);
    expect(report.suites.map(({ key, verdict, tests }) => [key, verdict, tests.total])).toEqual([
      ['quick', 'passed', 1],
      ['slow', 'passed', 1],
      ['breaks', 'failed', 2],
    ]);
    const replay = await spawnCli(elsewhere, ['report', report.run.id]);
    expect(replay.exitCode).toBe(1);
    await rm(root, { recursive: true });
    expect((await spawnCli(elsewhere, wait)).exitCode).toBe(1);
    expect((await readReport(elsewhere)).report).toEqual(report);
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

test('a Job that somebody deleted before anybody waited is an error, and holds nobody up', async ({ workspace }) => {
  await writeConfig(workspace.folder, { kept: shell(writesPass), gone: shell(writesPass) });
  expect((await spawnCli(workspace.folder, ['synth'])).exitCode).toBe(0);
  await succeed(helm(4), ['install', 'e2e', join(workspace.folder, 'charts/e2e'), '--namespace', workspace.namespace]);
  await workspace.kubectl('delete', 'jobs', '--selector=kubesuite.dev/suite=gone', '--wait');
  const { exitCode, stdout, stderr } = await workspace.kubesuite('wait', 'e2e');
  expect(stderr).toMatch(/^Waiting up to 30 s for Jobs that the release lists and that are not there: e2e-gone-/);
  expect(stdout).toContain('is listed by the release, but does not exist');
  expect(exitCode).toBe(3);
  const { report } = await readReport(workspace.folder);
  expect(report.suites.map(({ verdict, cause }) => [verdict, cause])).toEqual(expect.arrayContaining([['passed', undefined], ['error', 'job-missing']]));
});

test('Ctrl+C does not wait for suites that ignore SIGTERM, and leaves nothing', async ({ workspace }) => {
  await writeConfig(workspace.folder, { deaf: shell("trap '' TERM; sleep 100; sleep 100") });
  const run = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl(...phases), { timeout: 30_000 }).toMatch(/Running/);
  const before = Date.now();
  run.kill('SIGINT');
  expect((await run).exitCode).toBe(130);
  expect(Date.now() - before).toBeLessThan(20_000);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a second Ctrl+C leaves at once and says what remains', async ({ workspace }) => {
  await writeConfig(workspace.folder, { deaf: shell("trap '' TERM; sleep 100; sleep 100") });
  const run = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl(...phases), { timeout: 30_000 }).toMatch(/Running/);
  run.kill('SIGINT');
  await setTimeout(600);
  run.kill('SIGINT');
  const { stderr } = await run;
  expect(run.process?.signalCode).toBe('SIGINT');
  expect(stderr).toContain(`kubesuite clean e2e --namespace ${workspace.namespace}`);
  expect((await workspace.kubesuite('clean', 'e2e')).exitCode).toBe(0);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('Ctrl+C before the release is there says so', async ({ workspace }) => {
  await writeConfig(workspace.folder, { quick: shell(writesPass) });
  const slowHelm = join(workspace.folder, 'helm');
  await writeFile(slowHelm, `#!/bin/sh\n[ "$1" = install ] && { touch begun; exec sleep 60; }\nexec '${helm(4)}' "$@"\n`, { mode: 0o755 });
  const run = workspace.kubesuite('run', '--helm', slowHelm);
  await expect.poll(() => readdir(workspace.folder), { timeout: 30_000 }).toContain('begun');
  run.kill('SIGINT');
  expect(await run).toMatchObject({ exitCode: 130, stdout: expect.stringMatching(/Interrupted before release e2e was installed\.\n$/), stderr: '' });
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('Ctrl+C keeps partial results, removes the release and exits with 130', async ({ workspace }) => {
  await writeConfig(workspace.folder, { quick: shell(writesPass), slow: shell('echo so far; sleep 60') });
  const run = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl(...phases), { timeout: 30_000 }).toMatch(/Succeeded/);
  run.kill('SIGINT');
  const { exitCode, stdout } = await run;
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/\nRemoving release e2e \.\.\.\nRemoved release e2e\.\n$/);
  const { report } = await readReport(workspace.folder);
  expect(report).toMatchObject({
    verdict: 'interrupted',
    suites: [{ verdict: 'passed' }, { verdict: 'interrupted', attempts: [{ logTail: 'so far' }] }],
  });
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test.for([3, 4] as const)('a chart installed by plain Helm %i is waited for from another folder', async (major, { workspace }) => {
  await writeConfig(workspace.folder, { good: shell(writesPass), bad: shell(`${writesFailure}; exit 1`) });
  await spawnCli(workspace.folder, ['synth']);
  await succeed(helm(major), ['install', 'plain', resolve(workspace.folder, 'charts/e2e'), '--namespace', workspace.namespace]);
  const elsewhere = await mkdtemp(join(tmpdir(), 'kubesuite-elsewhere-'));
  try {
    expect((await spawnCli(elsewhere, ['wait', 'plain', '--namespace', workspace.namespace])).exitCode).toBe(1);
    expect((await readReport(elsewhere)).report.suites.map(({ key, verdict }) => [key, verdict])).toEqual([
      ['good', 'passed'],
      ['bad', 'failed'],
    ]);
  } finally {
    await rm(elsewhere, { recursive: true });
  }
  const refused = await workspace.kubesuite('run', '--release', 'plain', '--helm', helm(major));
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('was not installed by `kubesuite run`: this run would replace and then remove it') });
  await succeed(helm(major), ['uninstall', 'plain', '--namespace', workspace.namespace, '--wait']);
  await expect.poll(() => listNamespace(workspace.namespace), { timeout: 30_000 }).toEqual([]);
});

test('a run that is installed later is waited for by its id', async ({ workspace }) => {
  await writeConfig(workspace.folder, { good: shell(writesPass) });
  await spawnCli(workspace.folder, ['synth']);
  const install = async (runId: string): Promise<unknown> => succeed(helm(4), ['upgrade', '--install', 'e2e', join(workspace.folder, 'charts/e2e'), '--namespace', workspace.namespace, '--set-string', `run.id=${runId}`]);
  await install('first');
  const waiting = workspace.kubesuite('wait', 'e2e', '--run-id', 'second');
  await setTimeout(5000);
  await install('second');
  expect(await waiting).toMatchObject({ exitCode: 0, stderr: "Waiting up to 10 min for run 'second'. The release is of run 'first'.\n" });
  expect((await readReport(workspace.folder)).report.run.id).toBe('second');
});
