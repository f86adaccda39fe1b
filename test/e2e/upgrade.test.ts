import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { helm, kubectl, listNamespace, spawnCli, succeed, test, type Workspace } from '../support/e2e.ts';
import { shell, writeConfig, writesPass } from './fixtures/suites.ts';

type HelmMajor = 3 | 4;

/** Writes the chart of these suites and gives its folder. */
async function synth({ folder }: Workspace, suites: Readonly<Record<string, object>>, over: object = {}): Promise<string> {
  await writeConfig(folder, suites, over);
  const { exitCode, stderr } = await spawnCli(folder, ['synth']);
  if (exitCode !== 0) throw new Error(stderr);
  return resolve(folder, 'charts/e2e');
}

/** Uid of each Job of a release, by suite; without those that are on their way out. */
async function jobsOf(release: string, namespace: string): Promise<Readonly<Record<string, string>>> {
  const { items } = JSON.parse(await kubectl('get', 'jobs', '--namespace', namespace, '--selector', `kubesuite.dev/release=${release}`, '--output=json')) as {
    readonly items: readonly { readonly metadata: { readonly uid: string; readonly deletionTimestamp?: string; readonly labels: Readonly<Record<string, string>> } }[];
  };
  const jobs = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(({ metadata }) => [metadata.labels['kubesuite.dev/suite'], metadata.uid] as const);
  expect(new Set(jobs.map(([suite]) => suite)).size, 'Jobs of one suite').toBe(jobs.length);
  return Object.fromEntries(jobs);
}

async function run(major: HelmMajor, namespace: string, ...args: string[]): Promise<void> {
  await succeed(helm(major), [...args, '--namespace', namespace]);
}

async function expectNothingIn(namespace: string): Promise<void> {
  await expect.poll(async () => listNamespace(namespace), { timeout: 30_000 }).toEqual([]);
}

async function classesOf(release: string): Promise<readonly string[]> {
  const names = await kubectl('get', 'priorityclasses', '--selector', `kubesuite.dev/release=${release}`, '--output=name');
  return names.split('\n').filter(Boolean);
}

test.for([3, 4] as const)('Helm %i: an upgrade and a rollback run what they change, and an uninstall leaves nothing', { timeout: 300_000 }, async (major, { workspace }) => {
  const { namespace } = workspace;
  const suites = { one: shell(writesPass), two: shell(writesPass) };
  const chart = await synth(workspace, suites);
  await run(major, namespace, 'install', 'plain', chart);
  const first = await jobsOf('plain', namespace);
  expect(Object.keys(first)).toEqual(['one', 'two']);

  await run(major, namespace, 'upgrade', 'plain', chart);
  expect(await jobsOf('plain', namespace)).toEqual(first);

  await synth(workspace, { ...suites, two: shell(`true; ${writesPass}`), three: shell(writesPass) });
  await run(major, namespace, 'upgrade', 'plain', chart);
  const third = await jobsOf('plain', namespace);
  expect(third).toEqual({ one: first['one'], two: expect.any(String), three: expect.any(String) });
  expect(third['two']).not.toBe(first['two']);

  await run(major, namespace, 'rollback', 'plain', '1');
  const back = await jobsOf('plain', namespace);
  expect(back).toEqual({ one: first['one'], two: expect.any(String) });
  expect([first['two'], third['two']]).not.toContain(back['two']);
  expect((await spawnCli(workspace.folder, ['wait', 'plain', '--namespace', namespace])).exitCode).toBe(0);

  // As the guide has it: the chart on disk has a suite that the release has not.
  await run(major, namespace, 'upgrade', 'plain', chart, '--reset-then-reuse-values', '--set-string', 'run.id=again');
  const again = await jobsOf('plain', namespace);
  expect(Object.keys(again)).toEqual(['one', 'three', 'two']);
  expect(Object.values(again).filter((uid) => Object.values(back).includes(uid))).toEqual([]);

  await run(major, namespace, 'uninstall', 'plain', '--wait');
  await expectNothingIn(namespace);
});

test.for([3, 4] as const)('Helm %i: no change of config or values asks for what Kubernetes cannot change', async (major, { workspace }) => {
  const { namespace } = workspace;
  const release = `values-${randomBytes(4).toString('hex')}`;
  const quick = { timeout: '60s', priority: 10, quota: { pods: 8 }, resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } } };
  const suites = { one: shell(writesPass), two: shell(writesPass, { results: 'exit-code' }) };
  const chart = await synth(workspace, suites, { types: { quick } });
  const upgrade = async (...set: string[]): Promise<Readonly<Record<string, string>>> => {
    await run(major, namespace, 'upgrade', '--install', release, chart, ...set.flatMap((value) => ['--set', value]));
    return jobsOf(release, namespace);
  };
  try {
    const before = await upgrade('run.id=same');
    // The id of the run is used again, by accident.
    const after = await upgrade('run.id=same', 'suites.two.env.A=b', 'suites.two.timeoutSeconds=61', 'suites.two.retries=1');
    expect(after['one']).toBe(before['one']);
    expect(after['two']).not.toBe(before['two']);
    await upgrade('run.id=other', 'priorityClasses.create=true');
    await synth(workspace, suites, { types: { quick: { ...quick, priority: 20, quota: { pods: 9 } } } });
    await upgrade('priorityClasses.create=true');
    expect(await classesOf(release)).toHaveLength(1);
    await run(major, namespace, 'rollback', release, '1');
    expect(await classesOf(release)).toEqual([]);
  } finally {
    await run(major, namespace, 'uninstall', release, '--wait', '--ignore-not-found');
  }
  expect(await classesOf(release)).toEqual([]);
  await expectNothingIn(namespace);
});

test.for([3, 4] as const)('Helm %i: two releases in one namespace do not meet, although their names could', async (major, { workspace }) => {
  const { namespace, folder } = workspace;
  const kubesuite = (command: string, release: string) => spawnCli(folder, [command, release, '--namespace', namespace], { KUBESUITE_HELM: helm(major) });
  const types = { 'a-quick': { timeout: '60s', quota: { pods: 8 } }, quick: { timeout: '60s', quota: { pods: 8 } } };
  const suites = { 'a-b': { ...shell(writesPass), type: 'a-quick' }, b: shell(writesPass) };
  const chart = await synth(workspace, suites, { types });
  const install = async (release: string, ...more: string[]): Promise<void> => run(major, namespace, 'upgrade', '--install', release, chart, ...more);
  // shop + a-b is shop-a + b.
  await install('shop', '--set', 'run.id=r1');
  await install('shop-a', '--set', 'run.id=r1');
  const other = await jobsOf('shop-a', namespace);
  for (const release of ['shop', 'shop-a']) expect((await kubesuite('wait', release)).exitCode).toBe(0);
  await install('shop', '--set', 'run.id=r2');
  expect(await jobsOf('shop-a', namespace)).toEqual(other);
  expect((await kubesuite('clean', 'shop')).exitCode).toBe(0);
  expect(await jobsOf('shop-a', namespace)).toEqual(other);
  expect((await listNamespace(namespace)).filter((name) => name.startsWith('serviceaccount/'))).toHaveLength(2);
  expect((await kubesuite('clean', 'shop-a')).exitCode).toBe(0);
  await expectNothingIn(namespace);
});

test.for([3, 4] as const)('Helm %i: one release name in two namespaces, with objects of the whole cluster', async (major, { workspace }) => {
  const { namespace, folder } = workspace;
  const kubesuite = (command: string, where: string) => spawnCli(folder, [command, release, '--namespace', where], { KUBESUITE_HELM: helm(major) });
  const second = `${namespace}-two`;
  const release = `both-${randomBytes(4).toString('hex')}`;
  const chart = await synth(workspace, { one: shell(writesPass) });
  const install = async (where: string): Promise<void> => run(major, where, 'install', release, chart, '--set', 'priorityClasses.create=true', '--create-namespace');
  try {
    await install(namespace);
    await install(second);
    const other = await jobsOf(release, second);
    expect(await classesOf(release)).toHaveLength(2);
    expect((await kubesuite('clean', namespace)).exitCode).toBe(0);
    await expectNothingIn(namespace);
    expect(await jobsOf(release, second)).toEqual(other);
    expect(await classesOf(release)).toHaveLength(1);
    expect((await kubesuite('wait', second)).exitCode).toBe(0);
    expect((await kubesuite('clean', second)).exitCode).toBe(0);
    await expectNothingIn(second);
    expect(await classesOf(release)).toEqual([]);
  } finally {
    await run(major, second, 'uninstall', release, '--ignore-not-found');
    await kubectl('delete', 'namespace', second, '--wait=false', '--ignore-not-found');
  }
});
