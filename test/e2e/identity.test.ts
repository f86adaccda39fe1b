import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { loadConfig } from '../../lib/config/load.ts';
import { ensureBaseImage } from '../../scripts/demo-base-image.ts';
import { buildahTool } from '../../scripts/demo-image-tool.ts';
import { buildah, loadImage } from '../cluster/index.ts';
import { kubectl, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig } from './fixtures/suites.ts';

const token = '/var/run/secrets/kubernetes.io/serviceaccount/token';

test('a suite may do what it declares and nothing else, and has a token only then', async ({ workspace }) => {
  const { namespace } = workspace;
  await writeConfig(workspace.folder, {
    plain: shell(`echo 1..1; [ ! -e ${token} ] && echo "ok 1 has no token" || echo "not ok 1"`, { results: 'stdout:tap' }),
    declared: shell(`echo 1..1; [ -e ${token} ] && echo "ok 1 has a token" || echo "not ok 1"`, {
      results: 'stdout:tap',
      serviceAccount: { rules: [{ resources: ['configmaps'], verbs: ['get', 'list'] }, { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['web'], verbs: ['patch'] }] },
    }),
    viewer: shell(`echo 1..1; [ -e ${token} ] && echo "ok 1 has a token" || echo "not ok 1"`, { results: 'stdout:tap', serviceAccount: { clusterRoles: ['view', 'system:basic-user'] } }),
  }, { name: 'e2e-rights' });
  expect((await workspace.kubesuite('run', '--keep')).exitCode).toBe(0);

  /** As the guide says how to find it: the name of the release has a `-`, so that of the account has a hash. */
  const accountOf = async (suite: string): Promise<string> => {
    const [only, ...others] = (await kubectl('get', 'serviceaccounts', '--namespace', namespace, '--selector', `kubesuite.dev/release=e2e-rights,kubesuite.dev/suite=${suite}`, '--output=name')).trim().split('\n');
    expect(others).toEqual([]);
    expect(only).toMatch(new RegExp(`^serviceaccount/e2e-rights-${suite}-[0-9a-f]{8}$`));
    return (only ?? '').replace('serviceaccount/', '');
  };
  const rightsOf = async (account: string, where = namespace): Promise<readonly string[]> => {
    const listed = await kubectl('auth', 'can-i', '--list', '--no-headers', '--namespace', where, `--as=system:serviceaccount:${namespace}:${account}`);
    return listed.trim().split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim());
  };
  // What Kubernetes allows every account: to ask about itself, and to see versions and health.
  const everybody = await rightsOf('default');
  const beyond = async (account: string, where?: string): Promise<readonly string[]> => (await rightsOf(account, where)).filter((line) => !everybody.includes(line)).toSorted();
  expect(await beyond(await accountOf('plain'))).toEqual([]);
  expect(await beyond(await accountOf('declared'))).toEqual(['configmaps [] [] [get list]', 'deployments.apps/scale [] [web] [patch]']);
  expect(await beyond(await accountOf('declared'), 'default')).toEqual([]);
  const view = await beyond(await accountOf('viewer'));
  expect(view).toContain('pods/log [] [] [get list watch]');
  expect(view.filter((line) => /secrets|\*|create|update|patch|delete/.test(line))).toEqual([]);
  expect(await beyond(await accountOf('viewer'), 'default')).toEqual([]);
  expect((await workspace.kubesuite('clean', 'e2e-rights')).exitCode).toBe(0);
});

test('the operator example: a suite makes ConfigMaps and watches what a controller makes of them', { timeout: 300_000 }, async ({ workspace }) => {
  const example = resolve(import.meta.dirname, '../../examples/operator');
  await ensureBaseImage(buildahTool);
  const { config } = await loadConfig('suites.config.ts', example);
  const tests = config.images['tests'];
  const images = { operator: 'localhost/greeter-operator:1', tests: `${tests?.registry}/${tests?.repository}:${tests?.tag}` };
  for (const [folder, reference] of Object.entries(images)) {
    await buildah(['build', '--quiet', '--timestamp', '0', '--layers', '--build-arg', 'BASE=localhost/kubesuite-debian:bookworm', '--tag', reference, join(example, folder)]);
    await loadImage(reference);
  }
  await workspace.kubectl('apply', '--filename', join(example, 'operator.yaml'));
  await workspace.kubectl('rollout', 'status', 'deployment/greeter', '--timeout=60s');

  await cp(join(example, 'tests'), join(workspace.folder, 'tests'), { recursive: true });
  const library = resolve(import.meta.dirname, '../../lib/index.ts');
  await writeFile(join(workspace.folder, 'suites.config.ts'), (await readFile(join(example, 'suites.config.ts'), 'utf8')).replace("'kubesuite'", `'${library}'`));
  const result = await workspace.kubesuite('run');
  const { report } = await readReport(workspace.folder);
  expect(report.suites).toMatchObject([{ key: 'greetings', verdict: 'passed', tests: { total: 3, failed: 0 } }]);
  expect(result.exitCode).toBe(0);
});
