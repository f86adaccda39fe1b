import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { helm, listNamespace, succeed, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

const twenty = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`suite-${index + 1}`, shell(index === 7 ? `${writesFailure}; exit 1` : `${writesPass}; echo hello from ${index + 1}`)]),
);

interface KubeList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
    readonly status: { readonly phase?: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }[];
}

test('20 suites run at once, each with its own Job, pod, log and folder, and agree with what kubectl shows', async ({ workspace }) => {
  await writeConfig(workspace.folder, twenty);
  const result = await workspace.kubesuite('run', '--keep');
  expect(result.exitCode).toBe(1);
  const { report, root } = await readReport(workspace.folder);
  expect(report.suites).toHaveLength(20);

  // The controller writes the condition seconds after the verdict.
  await expect
    .poll(async () => (JSON.parse(await workspace.kubectl('get', 'jobs', '--output=json')) as KubeList).items.filter(({ status }) => status.conditions?.some(({ type }) => type === 'Complete' || type === 'Failed')).length, { timeout: 30_000 })
    .toBe(20);
  const jobs = JSON.parse(await workspace.kubectl('get', 'jobs', '--output=json')) as KubeList;
  const pods = JSON.parse(await workspace.kubectl('get', 'pods', '--output=json')) as KubeList;
  for (const suite of report.suites) {
    const job = jobs.items.find(({ metadata }) => metadata.name === suite.job);
    const pod = pods.items.find(({ metadata }) => metadata.name === suite.attempts[0]?.pod);
    expect(job?.metadata.labels['kubesuite.dev/suite']).toBe(suite.key);
    const passed = suite.key !== 'suite-8';
    expect(suite.verdict).toBe(passed ? 'passed' : 'failed');
    expect(job?.status.conditions?.find(({ status, type }) => status === 'True' && (type === 'Complete' || type === 'Failed'))?.type).toBe(passed ? 'Complete' : 'Failed');
    expect(pod?.status.phase).toBe(passed ? 'Succeeded' : 'Failed');
    expect((await readdir(join(root, 'suites', suite.key, '1'))).toSorted()).toEqual(passed ? ['files', 'log.txt'] : ['events.json', 'files', 'log.txt', 'pod.json']);
    await access(join(root, 'suites', suite.key, '1', 'files', 'junit.xml'));
  }
  expect((await workspace.kubesuite('clean', 'e2e')).exitCode).toBe(0);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('run leaves nothing behind', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  const result = await workspace.kubesuite('run');
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(0);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a run whose folder cannot be written installs nothing', async ({ workspace }) => {
  await writeConfig(workspace.folder, { quick: shell('true') });
  const { exitCode, stderr } = await workspace.kubesuite('run', '--output-dir', '/dev/null');
  expect(stderr).toContain('--output-dir');
  expect(exitCode).toBe(2);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a shard is a Job of its own and knows its part', async ({ workspace }) => {
  const line = 'echo "<testsuite><testcase name=\\"$KUBESUITE_SHARD\\"/></testsuite>" > /results/junit.xml';
  await writeConfig(workspace.folder, { split: shell(line, { shards: 2 }) });
  expect((await workspace.kubesuite('run')).exitCode).toBe(0);
  const { report } = await readReport(workspace.folder);
  expect(report.suites.map(({ key, attempts }) => [key, attempts[0]?.tests[0]?.name])).toEqual([
    ['split-1', '1/2'],
    ['split-2', '2/2'],
  ]);
});

test('only the named suites run', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass), two: shell(writesPass), three: shell(writesPass) });
  expect((await workspace.kubesuite('run', 'one', 'three')).exitCode).toBe(0);
  const { report } = await readReport(workspace.folder);
  expect(report.suites.map(({ key }) => key)).toEqual(['one', 'three']);
});

test('a suite that was asked for, and that the values leave out, is refused', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass), two: shell(writesPass) });
  await writeFile(join(workspace.folder, 'off.yaml'), 'suites: { two: { enabled: false } }');
  expect(await workspace.kubesuite('run', 'one', 'two', '--values', 'off.yaml')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('The values leave out what was asked for: two.') });
  await writeFile(join(workspace.folder, 'wrong.yaml'), 'suites: { three: { enabled: false } }');
  expect(await workspace.kubesuite('run', '--values', 'wrong.yaml')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/three[^]*hint: values\.schema\.json/) });
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test.for([0, 700])('of two runs of one release, the second %i ms later, one passes and the other changes nothing', async (laterMs, { workspace }) => {
  await writeConfig(workspace.folder, { slow: shell(`sleep 5; ${writesPass}`) });
  const first = workspace.kubesuite('run');
  await setTimeout(laterMs);
  const outputs = await Promise.all([first, workspace.kubesuite('run')]);
  const refused = outputs.filter(({ exitCode }) => exitCode !== 0);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.stderr).toMatch(/already exists|re-?use a name|another operation|still runs|Helm still works on it/);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a release that still runs is not disturbed', async ({ workspace }) => {
  await writeConfig(workspace.folder, { slow: shell(`sleep 12; ${writesPass}`) });
  const first = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl('get', 'pods', '--output=jsonpath={.items[*].status.phase}'), { timeout: 30_000 }).toContain('Running');
  const second = await workspace.kubesuite('run');
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain("Release 'e2e'");
  expect((await first).exitCode).toBe(0);
});

test('a reporter that ends the process makes no green run, and what stays is said', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  await writeFile(join(workspace.folder, 'leaves.mts'), 'export default class { onTestSuiteEnd() { process.exit(0); } }\n');
  const { exitCode, stderr } = await workspace.kubesuite('run', '--reporter', './leaves.mts');
  expect(exitCode).toBe(3);
  expect(stderr).toContain('The process ended before the run did.');
  expect(stderr).toContain(`kubesuite clean e2e --namespace ${workspace.namespace}`);
  expect((await workspace.kubesuite('clean', 'e2e')).exitCode).toBe(0);
});

test('a Helm release of something else is neither changed nor removed', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  const chart = join(workspace.folder, 'application');
  await mkdir(join(chart, 'templates'), { recursive: true });
  await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: e2e\nversion: 1.0.0\n');
  await writeFile(join(chart, 'templates/data.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: precious\n');
  await succeed(helm(4), ['install', 'e2e', chart, '--namespace', workspace.namespace]);
  for (const [command, ...args] of [['run'], ['clean', 'e2e']] as const) {
    const { exitCode, stderr } = await workspace.kubesuite(command, ...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is no release of kubesuite') });
  }
  expect(await workspace.kubectl('get', 'configmap', 'precious', '--output=name')).toBe('configmap/precious\n');
  await succeed(helm(4), ['uninstall', 'e2e', '--namespace', workspace.namespace]);
});

test('objects of somebody else are neither taken nor removed', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  await workspace.kubectl('create', 'configmap', 'e2e-suites');
  await workspace.kubectl('label', 'configmap', 'e2e-suites', 'kubesuite.dev/release=e2e');
  const result = await workspace.kubesuite('run');
  expect(result.exitCode).toBe(3);
  expect(result.stderr).toContain('ConfigMap "e2e-suites"');
  expect(await workspace.kubectl('get', 'configmaps,jobs,serviceaccounts', '--selector=kubesuite.dev/release=e2e', '--output=name')).toBe('configmap/e2e-suites\n');
  await workspace.kubectl('delete', 'configmap', 'e2e-suites');
});
