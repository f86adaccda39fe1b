import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { RunReport } from '../../lib/run/report.ts';
import { helm, listNamespace, spawnCli, succeed, test, type Workspace } from '../support/e2e.ts';
import { readEvents, readReport } from '../support/run-report.ts';
import { userWith } from '../support/user-with.ts';
import { numbered, shell, smallResources, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

const limited = { timeout: '60s', resources: smallResources };
/** Without PriorityClasses a quota counts the suites of all types. */
const onePod = { smoke: { ...limited, priority: 100 }, integration: { ...limited, priority: 50, quota: { pods: 1 } } };

function verdictsOf({ suites }: RunReport): Readonly<Record<string, string>> {
  return Object.fromEntries(suites.map(({ key, verdict }) => [key, verdict]));
}

/** Suites in the order in which their containers started, and whether one began before the one before had ended. */
function startsOf({ suites }: RunReport): { readonly order: readonly string[]; readonly overlap: boolean } {
  const started = suites.filter(({ startedAt }) => startedAt !== undefined).toSorted((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''));
  const overlap = started.some(({ startedAt = '' }, index) => index > 0 && startedAt < (started[index - 1]?.endedAt ?? ''));
  return { order: started.map(({ key }) => key), overlap };
}

async function suspendedIn({ kubectl }: Workspace): Promise<readonly string[]> {
  const { items } = JSON.parse(await kubectl('get', 'jobs', '--output=json')) as { readonly items: readonly { readonly metadata: { readonly labels: Record<string, string> }; readonly spec: { readonly suspend?: boolean } }[] };
  return items.filter(({ spec }) => spec.suspend === true).map(({ metadata }) => metadata.labels['kubesuite.dev/suite'] ?? '').toSorted();
}

test('where one pod fits, suites start by priority and then in the order of the config, and say what they wait for', async ({ workspace }) => {
  const suites = { ...numbered('integration', 2), ...numbered('smoke', 2) };
  await writeConfig(workspace.folder, suites, { start: 'controlled', types: onePod });
  const result = await workspace.kubesuite('run');
  expect(result.stdout).toMatch(/smoke-2 +smoke +queued +waiting for quota of type integration: needs 1 pod, 0 of 1 free, held by smoke-1$/m);
  const { report, root } = await readReport(workspace.folder);
  expect(startsOf(report)).toEqual({ order: ['smoke-1', 'smoke-2', 'integration-1', 'integration-2'], overlap: false });
  expect(result.exitCode).toBe(0);
  // No pod was refused: nothing had to be tried again, ever slower.
  const refusals = (await readEvents(root)).filter((event) => event.type === 'cluster-event-observed' && event.event.reason === 'FailedCreate');
  expect(refusals).toEqual([]);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a suite starts after those that it needs, and is skipped when one did not pass', async ({ workspace }) => {
  await writeConfig(
    workspace.folder,
    {
      after: shell(writesPass, { needs: ['base'] }),
      base: shell(`sleep 2; ${writesPass}`, { shards: 2 }),
      breaks: shell(`${writesFailure}; exit 1`),
      skipped: shell(writesPass, { needs: ['base', 'breaks'] }),
    },
    { start: 'controlled' },
  );
  const result = await workspace.kubesuite('run');
  expect(result.exitCode).toBe(1);
  const { report } = await readReport(workspace.folder);
  expect(verdictsOf(report)).toEqual({ after: 'passed', 'base-1': 'passed', 'base-2': 'passed', breaks: 'failed', skipped: 'skipped' });
  expect(report.suites.find(({ key }) => key === 'skipped')).toMatchObject({ message: "It needs 'breaks', which failed.", attempts: [] });
  const ended = report.suites.filter(({ suite }) => suite === 'base').map(({ endedAt = '' }) => endedAt);
  expect(report.suites.find(({ key }) => key === 'after')?.startedAt ?? '').toSatisfy((startedAt: string) => ended.every((end) => startedAt >= end));
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a killed run is gone on with from elsewhere, in its order', async ({ workspace }) => {
  const { namespace, folder } = workspace;
  await writeConfig(folder, { ...numbered('integration', 2), ...numbered('smoke', 2) }, { start: 'controlled', types: onePod });
  const run = workspace.kubesuite('run');
  await expect.poll(async () => (await suspendedIn(workspace)).length, { timeout: 120_000 }).toBe(3);
  run.kill('SIGKILL');
  await run;
  // Nobody starts anything meanwhile.
  expect((await suspendedIn(workspace)).length).toBeGreaterThanOrEqual(2);
  const elsewhere = await mkdtemp(join(tmpdir(), 'kubesuite-elsewhere-'));
  try {
    // Two at the same time do no harm.
    const other = spawnCli(folder, ['wait', 'e2e', '--namespace', namespace]);
    expect((await spawnCli(elsewhere, ['wait', 'e2e', '--namespace', namespace])).exitCode).toBe(0);
    expect((await other).exitCode).toBe(0);
    const { report } = await readReport(elsewhere);
    expect(startsOf(report)).toEqual({ order: ['smoke-1', 'smoke-2', 'integration-1', 'integration-2'], overlap: false });
    expect(report.suites.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1, 1]);
  } finally {
    await rm(elsewhere, { recursive: true });
  }
  expect((await workspace.kubesuite('clean', 'e2e')).exitCode).toBe(0);
  expect(await listNamespace(namespace)).toEqual([]);
});

test.for(['all', 'controlled'] as const)('--bail keeps suites from starting after a failure: start %s', async (start, { workspace }) => {
  const suites = { breaks: shell(`sleep 10; ${writesFailure}; exit 1`, { type: 'smoke' }), slow: shell(`sleep 14; ${writesPass}`, { type: 'smoke' }), last: shell(writesPass, { type: 'integration' }) };
  // No node has any of it.
  const waiting = { ...limited, resources: { ...smallResources, limits: { ...smallResources.limits, 'example.com/absent': '1' } } };
  await writeConfig(workspace.folder, suites, { start, types: { smoke: { ...limited, priority: 1 }, integration: start === 'all' ? waiting : limited } });
  const result = await workspace.kubesuite('run', '--bail', ...(start === 'all' ? [] : ['--max-workers', '2']));
  const { report } = await readReport(workspace.folder);
  expect(verdictsOf(report)).toEqual({ breaks: 'failed', slow: 'passed', last: 'skipped' });
  expect(report.suites.at(-1)?.message).toBe('It was not started, as breaks did not pass (--bail 1).');
  expect(result.exitCode).toBe(1);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test.for([3, 4] as const)('Helm %i: an upgrade of a controlled release meets no conflict and runs nothing again', async (major, { workspace }) => {
  const { folder, namespace } = workspace;
  const suites = { one: shell(writesPass), two: shell(writesPass, { needs: ['one'] }) };
  const synth = async (changed: Readonly<Record<string, object>>): Promise<string> => {
    await writeConfig(folder, changed, { start: 'controlled' });
    expect((await spawnCli(folder, ['synth'])).exitCode).toBe(0);
    return resolve(folder, 'charts/e2e');
  };
  const run = async (...args: string[]): Promise<string> => succeed(helm(major), [...args, '--namespace', namespace]);
  const uids = async (): Promise<string> => workspace.kubectl('get', 'jobs', '--output=jsonpath={range .items[*]}{.metadata.uid} {.status.conditions[?(@.status=="True")].type}{"\\n"}{end}');
  const wait = async (): Promise<RunReport> => {
    expect((await spawnCli(folder, ['wait', 'plain', '--namespace', namespace])).exitCode).toBe(0);
    const { report, root } = await readReport(folder);
    await rm(root, { recursive: true });
    return report;
  };

  const chart = await synth(suites);
  expect(await run('install', 'plain', chart)).toContain(`kubesuite wait plain --namespace ${namespace}`);
  expect(await suspendedIn(workspace)).toEqual(['one', 'two']);
  const first = await wait();
  await workspace.kubectl('wait', '--for=condition=Complete', 'jobs', '--all', '--timeout=30s');
  const before = await uids();

  await run('upgrade', 'plain', chart);
  expect(await uids()).toBe(before);
  expect(await wait()).toEqual(first);
  expect(await uids()).toBe(before);

  await synth({ ...suites, two: shell(`true; ${writesPass}`, { needs: ['one'] }) });
  await run('upgrade', 'plain', chart);
  expect((await wait()).suites).toMatchObject([first.suites[0], { key: 'two', verdict: 'passed', attempts: [{ number: 1 }] }]);

  await run('uninstall', 'plain', '--wait');
  await expect.poll(async () => listNamespace(namespace), { timeout: 30_000 }).toEqual([]);
});

test('a suite that is suspended while it runs, as an upgrade does, is started anew, or its Job fails and the run with it', async ({ workspace }) => {
  const { folder, namespace } = workspace;
  await writeConfig(folder, { slow: shell(`trap 'exit 143' TERM; sleep 20 & wait; ${writesPass}`), after: shell(writesPass, { needs: ['slow'] }) }, { start: 'controlled' });
  const run = workspace.kubesuite('run');
  await expect.poll(async () => workspace.kubectl('get', 'pods', '--output=jsonpath={.items[*].status.phase}'), { timeout: 120_000 }).toBe('Running');
  const name = await workspace.kubectl('get', 'jobs', '--selector=kubesuite.dev/suite=slow', '--output=name');
  await workspace.kubectl('patch', name.trim(), '--type=merge', '--patch={"spec":{"suspend":true}}');
  const { exitCode, stdout } = await run;
  const { report, root } = await readReport(folder);
  const outcome = { exitCode, verdicts: verdictsOf(report), attempts: report.suites[0]?.attempts.map(({ verdict, cause }) => [verdict, cause]) };
  const lost = ['error', 'pod-deleted'];
  const startedAnew = { exitCode: 0, verdicts: { slow: 'passed', after: 'passed' }, attempts: [lost, ['passed', undefined]] };
  // The Job controller may take the exit code of the pod that it ended itself for a failure of the Job, which nobody can start again then.
  const failedByItsJob = { exitCode: 3, verdicts: { slow: 'error', after: 'skipped' }, attempts: [lost] };
  expect(outcome, stdout).toEqual(exitCode === 0 ? startedAnew : failedByItsJob);
  if (exitCode !== 0) expect(await readFile(join(root, 'suites/slow/job.json'), 'utf8')).toMatch(/"type": ?"Failed"/);
  expect(await listNamespace(namespace)).toEqual([]);
});

test('without the right to patch Jobs, the CLI says so at once', async ({ workspace }) => {
  const { folder, namespace } = workspace;
  await writeConfig(folder, { one: shell(writesPass) }, { start: 'controlled' });
  expect((await spawnCli(folder, ['synth'])).exitCode).toBe(0);
  await succeed(helm(4), ['install', 'plain', resolve(folder, 'charts/e2e'), '--namespace', namespace]);
  const KUBECONFIG = await userWith(workspace, 'configmaps,pods,pods/log,events,jobs.batch', 'get,list,watch');
  const denied = await spawnCli(folder, ['wait', 'plain', '--namespace', namespace], { KUBECONFIG });
  expect(denied.stderr).toMatch(/cannot patch resource "jobs" in API group "batch"/);
  expect(denied.exitCode).toBe(3);
  expect(await suspendedIn(workspace)).toEqual(['one']);
});
