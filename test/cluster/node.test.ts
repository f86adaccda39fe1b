import { afterAll, beforeAll, expect, test } from 'vitest';
import { x } from 'tinyexec';
import { join } from 'node:path';
import { suiteImage } from '../support/suite-image.ts';
import { nodePaths } from './index.ts';

/** What the other end-to-end tests take for granted of the node. */
const namespace = `node-test-${process.pid}`;

beforeAll(async () => {
  await kubectl('create', 'namespace', namespace);
  await apply(
    pod('server', ['httpd', '-f', '-p', '8080', '-h', '/bin']),
    pod('client', ['sleep', '600']),
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'server' }, spec: { selector: { name: 'server' }, ports: [{ port: 80, targetPort: 8080 }] } },
  );
  await inNamespace('wait', '--for=condition=Ready', 'pod/server', 'pod/client', '--timeout=60s');
});

afterAll(async () => {
  await kubectl('delete', 'namespace', namespace, '--wait=false');
});

test('names of Services resolve', async () => {
  const service = await inNamespace('get', 'service', 'server', '--output', 'jsonpath={.spec.clusterIP}');
  expect(await inClient('nslookup', `server.${namespace}.svc.cluster.local`)).toContain(service);
});

test('a NetworkPolicy is enforced, and its end too', async () => {
  const service = await inNamespace('get', 'service', 'server', '--output', 'jsonpath={.spec.clusterIP}');
  const reach = async (): Promise<boolean> => inClient('timeout', '2', 'wget', '-q', '-O', '/dev/null', `http://${service}/sh`).then(() => true, () => false);
  await expect.poll(reach, { timeout: 20_000 }).toBe(true);
  await apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny' },
    spec: { podSelector: { matchLabels: { name: 'server' } }, policyTypes: ['Ingress'] },
  });
  await expect.poll(reach, { timeout: 20_000 }).toBe(false);
  await inNamespace('delete', 'networkpolicy', 'deny');
  await expect.poll(reach, { timeout: 20_000 }).toBe(true);
});

test('the kubelet lets nobody in whom it does not know', async () => {
  const script = `fetch('https://172.30.0.2:10250/pods').then(({ status }) => console.log(status))`;
  const { stdout } = await x('nsenter', [`--net=${nodePaths().netnsPath}`, process.execPath, '--eval', script], {
    nodeOptions: { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  });
  expect(stdout.trim()).toBe('401');
});

function pod(name: string, command: readonly string[]): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { name } },
    spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: suiteImage.ref, imagePullPolicy: 'Never', command: ['/bin/busybox', ...command] }] },
  };
}

async function apply(...items: readonly object[]): Promise<void> {
  await x(join(nodePaths().bin, 'kubectl'), [...kubeconfig(), '--namespace', namespace, 'apply', '--filename', '-'], {
    throwOnError: true,
    stdin: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
}

async function inClient(...command: readonly string[]): Promise<string> {
  return inNamespace('exec', 'client', '--', '/bin/busybox', ...command);
}

async function inNamespace(...args: readonly string[]): Promise<string> {
  return kubectl('--namespace', namespace, ...args);
}

async function kubectl(...args: readonly string[]): Promise<string> {
  const { stdout } = await x(join(nodePaths().bin, 'kubectl'), [...kubeconfig(), ...args], { throwOnError: true });
  return stdout;
}

function kubeconfig(): readonly string[] {
  return ['--kubeconfig', nodePaths().kubeconfig];
}
