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

const install = { release: 'shop', chart: '/chart', namespace: 'ns', values: { 'run.id': '1', productionMode: false }, valuesFiles: ['a.yaml'], description: 'kubesuite', exists: false };
const expected = 'install shop /chart --namespace ns --description kubesuite --disable-openapi-validation --values a.yaml --set-string run.id=1 --set productionMode=false';

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

test('values that the schema of the chart refuses are the mistake of the caller', async () => {
  const { binary } = await helmThat(`printf "Error: INSTALLATION FAILED: values don't meet the specifications of the schema(s) in the following chart(s):\nshop:\n- at '/typo': no\n" >&2; exit 1`);
  await expect(new HelmCli({ binary, kubeconfig: undefined, context: undefined }).install(install)).rejects.toMatchObject({ code: 'VALUES_INVALID', message: expect.stringContaining("at '/typo'"), hint: expect.stringContaining('values.schema.json') });
});

test.each(["values: 'images.tests' must have a tag or a digest", 'start: controlled goes with trigger: job only'])('so are those that a template refuses: %s', async (reason) => {
  const { binary } = await helmThat(`echo "Error: INSTALLATION FAILED: execution error at (shop/templates/shared/suite-set.yaml:52:11): ${reason}" >&2; exit 1`);
  await expect(new HelmCli({ binary, kubeconfig: undefined, context: undefined }).install(install)).rejects.toMatchObject({ code: 'VALUES_INVALID' });
});

test('a Helm that fails without a word', async () => {
  const { binary } = await helmThat('exit 1');
  await expect(new HelmCli({ binary, kubeconfig: undefined, context: undefined }).install(install)).rejects.toMatchObject({ code: 'HELM_FAILED', message: 'helm install failed with exit code 1: it did not say why' });
});

test('what is there is upgraded; what is not there must still not be there', async () => {
  const { binary, calls } = await helmThat('');
  await new HelmCli({ binary, kubeconfig: undefined, context: undefined }).install({ ...install, exists: true });
  expect(await calls()).toEqual([expected.replace('install', 'upgrade --install')]);
  const taken = await helmThat(`echo 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use' >&2; exit 1`);
  await expect(new HelmCli({ binary: taken.binary, kubeconfig: undefined, context: undefined }).install(install)).rejects.toMatchObject({ hint: expect.stringContaining('somebody else works on this release') });
});

test('the values of a release are those of its record, and none where there is none', async () => {
  const { binary } = await helmThat(`case "$*" in "list "*) echo '[{"name":"shop","status":"pending-install","chart":"shop-1"}]';; "get values shop "*) echo '{"run":{"id":"r1"}}';; esac`);
  const helm = new HelmCli({ binary, kubeconfig: undefined, context: undefined });
  expect(await helm.readValues('shop', 'ns')).toEqual({ run: { id: 'r1' } });
  expect(await helm.readValues('other', 'ns')).toBeUndefined();
});

test('any other failure is told at once', async () => {
  const { binary, calls } = await helmThat("echo 'Error: no such chart' >&2; exit 1");
  await expect(new HelmCli({ binary, kubeconfig: undefined, context: 'kind-a' }).install(install)).rejects.toMatchObject({ code: 'HELM_FAILED', message: expect.stringContaining('no such chart') });
  expect(await calls()).toHaveLength(1);
});

function cli(binary: string, deadlineMs = 10_000): HelmCli {
  return new HelmCli({ binary, kubeconfig: undefined, context: 'kind-a', deadlineMs });
}

test('a release is not taken for another one whose name its own matches as a pattern', async () => {
  const listed = [{ name: 'shop-a', status: 'failed', chart: 'other-1.0.0' }, { name: 'shop.a', status: 'deployed', chart: 'shop-0.1.0' }];
  const { binary, calls } = await helmThat(`echo '${JSON.stringify(listed)}'`);
  expect(await cli(binary).status('shop.a', 'ns')).toEqual({ status: 'deployed', chart: 'shop-0.1.0' });
  expect(await cli(binary).status('shop', 'ns')).toBeUndefined();
  expect((await calls())[0]).toContain(String.raw`--filter ^shop\.a$ `);
});

test.each(['hello from a wrapper', 'null', '{"error":"no"}'])('a Helm that prints no list is told so, with what it printed: %s', async (printed) => {
  const { binary } = await helmThat(`echo '${printed}'`);
  await expect(cli(binary).status('shop', 'ns')).rejects.toMatchObject({
    code: 'HELM_FAILED',
    message: `helm list must print a list as JSON and nothing else; received '${printed}'.`,
    hint: expect.stringContaining('--helm'),
  });
});

test('an uninstall looks first whether it may look: Helm takes what it may not see for not found', async () => {
  const { binary, calls } = await helmThat(`[ "$1" = list ] && { echo '[]'; exit; }; exit 0`);
  await cli(binary).uninstall('shop', 'ns');
  expect(await calls()).toEqual([expect.stringMatching(/^list /), 'uninstall shop --namespace ns --ignore-not-found --kube-context kind-a']);
});

test('a Helm that does not end is ended, with what to do', async () => {
  const { binary } = await helmThat('exec sleep 60');
  await expect(cli(binary, 500).install(install)).rejects.toMatchObject({ code: 'HELM_FAILED', message: 'helm install did not end within 0.5 s and was ended.', hint: expect.stringContaining('kubectl') });
});

test.each([{ when: 'before', abortAfterMs: undefined }, { when: 'while', abortAfterMs: 200 }])('a Helm that is interrupted $when it lists says so', async ({ abortAfterMs }) => {
  const { binary } = await helmThat('exec sleep 60');
  const abort = new AbortController();
  if (abortAfterMs === undefined) abort.abort('SIGINT');
  else setTimeout(() => abort.abort('SIGINT'), abortAfterMs);
  await expect(cli(binary).status('shop', 'ns', abort.signal)).rejects.toMatchObject({ code: 'HELM_FAILED', message: 'helm list was interrupted.' });
});

test('a Helm that is not there, is too old, or cannot be started is told apart', async () => {
  await expect(cli(join(folder, 'none')).install(install)).rejects.toMatchObject({ code: 'HELM_MISSING', hint: expect.stringContaining('--helm') });
  const notExecutable = join(folder, 'not-executable');
  await writeFile(notExecutable, '', { mode: 0o644 });
  await expect(cli(notExecutable).install(install)).rejects.toMatchObject({ code: 'HELM_MISSING', message: expect.stringContaining('EACCES') });
  const old = join(folder, 'old');
  await writeFile(old, '#!/bin/sh\necho v3.10.0\n', { mode: 0o755 });
  await expect(cli(old).install(install)).rejects.toMatchObject({ code: 'HELM_OLD' });
  const { binary } = await helmThat('');
  const tooLong = { ...install, valuesFiles: ['x'.repeat(4 * 1024 * 1024)] };
  await expect(cli(binary).install(tooLong)).rejects.toMatchObject({ code: 'HELM_FAILED', message: expect.stringMatching(/^helm install could not be run: .*E2BIG/) });
});

test.each([['v3.18.6', false], ['v2.17.0', false], ['v3.19.0+gabc', true], ['v3.22.1', true], ['v4.0.0', true], ['4.3', true], ['', false]])('Helm %j is supported: %s', (version, supported) => {
  expect(isSupportedHelm(version)).toBe(supported);
});
