import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { helm, listNamespace, spawnCli, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { userWith } from '../support/user-with.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

const own = ['rolebinding.rbac.authorization.k8s.io/tester', 'role.rbac.authorization.k8s.io/tester', 'serviceaccount/tester'];
const chartKinds = 'configmaps,secrets,services,serviceaccounts,pods,events,jobs.batch,networkpolicies.networking.k8s.io,resourcequotas';

test('rights in the namespace are enough; kinds that may not be listed are said', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  const KUBECONFIG = await userWith(workspace, `${chartKinds},pods/log`);
  const result = await spawnCli(workspace.folder, ['run', '--namespace', workspace.namespace], { KUBECONFIG });
  expect(result.stderr).toBe(`Not looked for in namespace '${workspace.namespace}', as there is no right to list it: role, rolebinding\n`);
  expect(result.exitCode).toBe(0);
  expect(await listNamespace(workspace.namespace)).toEqual(expect.arrayContaining(own));
  expect(await listNamespace(workspace.namespace)).toHaveLength(own.length);
});

test('clean without the right to look does not claim that nothing is left', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  expect((await workspace.kubesuite('run', '--keep')).exitCode).toBe(0);
  const KUBECONFIG = await userWith(workspace, 'events');
  const { exitCode, stdout, stderr } = await spawnCli(workspace.folder, ['clean', 'e2e', '--namespace', workspace.namespace], { KUBECONFIG });
  expect(stdout).toBe('');
  expect(stderr).toMatch(/secrets is forbidden/);
  expect(exitCode).toBe(3);
  expect((await workspace.kubesuite('clean', 'e2e')).stdout).toContain("holds nothing of release 'e2e'.");
});

test('without the right to read logs the cause names it', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  const KUBECONFIG = await userWith(workspace, chartKinds);
  expect((await spawnCli(workspace.folder, ['run', '--namespace', workspace.namespace], { KUBECONFIG })).exitCode).toBe(3);
  const { report } = await readReport(workspace.folder);
  expect(report.suites).toMatchObject([{ cause: 'log-denied', message: expect.stringMatching(/cannot get resource "pods\/log" in API group "" in the namespace/) }]);
});

test('a namespace that is not there is made', async ({ workspace }) => {
  await writeConfig(workspace.folder, { one: shell(writesPass) });
  const namespace = `${workspace.namespace}-new`;
  try {
    expect((await spawnCli(workspace.folder, ['run', '--namespace', namespace])).exitCode).toBe(0);
  } finally {
    await workspace.kubectl('delete', 'namespace', namespace, '--wait=false');
  }
});

test.for([[writesPass, 3], [`${writesFailure}; exit 1`, 1]] as const)('a removal that fails after %j is told, and the exit code is %i', async ([command, exitCode], { workspace }) => {
  await writeConfig(workspace.folder, { one: shell(command) });
  const stubborn = join(workspace.folder, 'helm');
  await writeFile(stubborn, `#!/bin/sh\n[ "$1" != uninstall ] || { echo 'no uninstall today' >&2; exit 1; }\nexec '${helm(4)}' "$@"\n`);
  await chmod(stubborn, 0o755);
  const result = await workspace.kubesuite('run', '--helm', stubborn);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain('no uninstall today');
  expect(result.stderr).toMatch(/Left in namespace '[^']+': .*job\/e2e-one-/);
  expect(result.stderr).toContain(`Remove it with: kubesuite clean e2e --namespace ${workspace.namespace}`);
  expect((await workspace.kubesuite('clean', 'e2e')).exitCode).toBe(0);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});
