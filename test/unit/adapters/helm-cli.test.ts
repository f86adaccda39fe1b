import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HelmCli } from '../../../lib/adapters/helm-cli.ts';
import { isSupportedHelm } from '../../../lib/adapters/helm-version.ts';
import { isInCluster } from '../../../lib/adapters/kube-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubesuite-helm-'));
});
afterEach(async () => rm(folder, { recursive: true }));

/** A Helm that writes down how it is called; `script` says what it does then. */
async function helmThat(script: string): Promise<{ binary: string; calls: () => Promise<readonly string[]> }> {
  const [binary, log] = [join(folder, 'helm'), join(folder, 'calls')];
  await writeFile(binary, `#!/bin/sh\n[ "$1" = version ] && { echo v4.0.1; exit; }\necho "$*" >> '${log}'\n${script}\n`);
  await chmod(binary, 0o755);
  return { binary, calls: async () => (await readFile(log, 'utf8')).trim().split('\n') };
}

const install = { release: 'shop', chart: '/chart', namespace: 'ns', values: { 'run.id': '1', productionMode: false }, valuesFiles: ['a.yaml'] };
const expected = 'upgrade --install shop /chart --namespace ns --disable-openapi-validation --values a.yaml --set-string run.id=1 --set productionMode=false';

test('Helm gets the chosen context and kubeconfig', async () => {
  const { binary, calls } = await helmThat('');
  await new HelmCli({ binary, kubeconfig: 'k', context: 'kind-a' }).install(install);
  expect(await calls()).toEqual([`${expected} --kube-context kind-a --kubeconfig k`]);
});

test("in a pod without a kubeconfig Helm takes the pod's service account, which has no context", async () => {
  const { binary, calls } = await helmThat('');
  const config = new KubeConfig();
  config.loadFromCluster(folder);
  expect(isInCluster(config)).toBe(true);
  await new HelmCli({ binary, kubeconfig: undefined, context: undefined }).install(install);
  expect(await calls()).toEqual([expected]);
});

test('a kubeconfig is not taken for that of a pod, whatever its names', () => {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'inCluster', server: 'https://127.0.0.1:1', skipTLSVerify: false }, { name: 'inClusterUser', token: 't' });
  expect(isInCluster(config)).toBe(false);
});

test('a namespace is created only when Helm says that it is not there', async () => {
  const { binary, calls } = await helmThat(`case "$*" in *--create-namespace*) exit 0;; esac; echo 'Error: create: failed to create: namespaces "ns" not found' >&2; exit 1`);
  await new HelmCli({ binary, kubeconfig: undefined, context: 'kind-a' }).install(install);
  expect(await calls()).toEqual([`${expected} --kube-context kind-a`, `${expected} --create-namespace --kube-context kind-a`]);
});

test('any other failure is told at once', async () => {
  const { binary, calls } = await helmThat("echo 'Error: no such chart' >&2; exit 1");
  await expect(new HelmCli({ binary, kubeconfig: undefined, context: 'kind-a' }).install(install)).rejects.toMatchObject({ code: 'HELM_FAILED', message: expect.stringContaining('no such chart') });
  expect(await calls()).toHaveLength(1);
});

test.each([['v3.18.6', false], ['v2.17.0', false], ['v3.19.0+gabc', true], ['v3.22.1', true], ['v4.0.0', true], ['4.3', true], ['', false]])('Helm %j is supported: %s', (version, supported) => {
  expect(isSupportedHelm(version)).toBe(supported);
});
