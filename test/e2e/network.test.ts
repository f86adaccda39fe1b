import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { networkTap, startServers } from '../support/denied-suite.ts';
import { test, type Workspace } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig } from './fixtures/suites.ts';

async function serve({ kubectl, folder }: Workspace, ...names: string[]): Promise<Readonly<Record<string, object>>> {
  const file = join(folder, 'servers.json');
  return startServers(kubectl, async (manifests) => {
    await writeFile(file, manifests);
    await kubectl('apply', '--filename', file);
  }, ...names);
}

function addressOf(services: Readonly<Record<string, object>>, name: string): string {
  return `${(services[name] as { host: string }).host}:80`;
}

test('a guarded suite finds its network as declared, and one whose network is not gets the reason', { timeout: 300_000 }, async ({ workspace }) => {
  const services = { ...(await serve(workspace, 'web', 'db')), down: { port: 81, host: '10.255.255.254', podLabels: { app: 'none' } } };
  const [web, db] = [addressOf(services, 'web'), addressOf(services, 'db')];
  const asDeclared = shell(networkTap({ [db]: 'is denied', [web]: 'answers' }), { results: 'stdout:tap' });
  const never = shell('echo 1..1; echo "ok 1 started"', { results: 'stdout:tap', network: { timeout: '4s' } });
  await writeConfig(
    workspace.folder,
    {
      // Eight at once, as the more the machine has to do the longer is the moment without a policy.
      denied: { ...asDeclared, uses: ['web'], denies: ['db'], shards: 8 },
      'denies-all': { ...shell(networkTap({ [db]: 'is denied' }), { results: 'stdout:tap' }), denies: ['db', 'web'] },
      'service-down': { ...never, uses: ['down'], network: { guard: true, timeout: '4s' } },
      'not-denied': { ...never, uses: ['web'], denies: ['db'], labels: { open: 'yes' } },
      'no-tool': { ...never, uses: ['web'], network: { guard: true, guardImage: 'bare', timeout: '4s' } },
    },
    {
      services,
      images: {
        box: { repository: 'localhost/kubesuite-e2e', tag: '1', pullPolicy: 'Never' },
        bare: { repository: 'localhost/kubesuite-node-pause', tag: '1', pullPolicy: 'Never' },
      },
    },
  );
  // Policies add up: with this one the denial of a suite is none.
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'open' }, spec: { podSelector: { matchLabels: { open: 'yes' } }, policyTypes: ['Egress'], egress: [{}] } };
  const file = join(workspace.folder, 'policy.json');
  await writeFile(file, JSON.stringify(policy));
  await workspace.kubectl('apply', '--filename', file);

  const result = await workspace.kubesuite('run');
  expect(result.stderr).toBe('');
  const { report } = await readReport(workspace.folder);
  const verdicts = Object.fromEntries(report.suites.map(({ key, verdict, cause }) => [key, cause === undefined ? verdict : `${verdict}: ${cause}`]));
  expect(verdicts).toEqual({
    ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`denied-${index + 1}`, 'passed'])),
    'denies-all': 'passed',
    'service-down': 'error: service-unreachable',
    'not-denied': 'error: policy-not-enforced',
    'no-tool': 'error: guard-failed',
  });
  const messages = Object.fromEntries(report.suites.map(({ key, message }) => [key, message]));
  expect(messages['service-down']).toMatch(/down \(10\.255\.255\.254:81\)/);
  expect(messages['not-denied']).toMatch(/not in force: after \d+ s with nc: answers although denied: db \(/);
  expect(messages['no-tool']).toMatch(/network\.guardImage/);
  expect(result.exitCode).toBe(3);
});

test('a guarded suite that denies nothing starts when its own policy is in force, and one that declares the wrong port or pods does not start', { timeout: 300_000 }, async ({ workspace }) => {
  const { web, db } = await serve(workspace, 'web', 'db');
  const services = { web, 'wrong-port': { ...web, targetPort: 80 }, 'wrong-pods': { ...web, podLabels: { app: 'webb' } } };
  const [reached, unreached] = [addressOf({ web: web ?? {} }, 'web'), addressOf({ db: db ?? {} }, 'db')];
  const suite = shell(networkTap({ [unreached]: 'is denied', [reached]: 'answers' }), { results: 'stdout:tap', network: { guard: true } });
  const wrong = { ...suite, network: { guard: true, timeout: '15s' } };
  await writeConfig(
    workspace.folder,
    {
      guarded: { ...suite, uses: ['web'], shards: 8 },
      // The API server is no canary for it.
      entitled: { ...suite, uses: ['web'], serviceAccount: { rules: [{ resources: ['configmaps'], verbs: ['get'] }] }, shards: 4 },
      'wrong-port': { ...wrong, uses: ['wrong-port'] },
      'wrong-pods': { ...wrong, uses: ['wrong-pods'] },
    },
    { services },
  );
  await workspace.kubesuite('run');
  const { report } = await readReport(workspace.folder);
  expect(report.suites.map(({ key, verdict, cause = '' }) => `${key} ${verdict} ${cause}`.trim())).toEqual([
    ...Array.from({ length: 8 }, (_, index) => `guarded-${index + 1} passed`),
    ...Array.from({ length: 4 }, (_, index) => `entitled-${index + 1} passed`),
    'wrong-port error service-unreachable',
    'wrong-pods error service-unreachable',
  ]);
  expect(report.suites.at(-1)).toMatchObject({ message: expect.stringMatching(/no answer: wrong-pods \(/) as string, diagnosis: { hint: expect.stringMatching(/targetPort and podLabels/) as string } });
});

test('without NetworkPolicies a denial is named as not enforced, and a suite that serves is reached by those it names', { timeout: 300_000 }, async ({ workspace }) => {
  const services = await serve(workspace, 'web', 'db');
  await writeConfig(
    workspace.folder,
    { denied: { ...shell('echo 1..1; echo "ok 1 started"', { results: 'stdout:tap', network: { timeout: '3s' } }), denies: ['db'] } },
    { services, networkPolicy: { enabled: false } },
  );
  expect((await workspace.kubesuite('run')).exitCode).toBe(3);
  expect((await readReport(workspace.folder)).report.suites).toMatchObject([{ verdict: 'error', cause: 'policy-not-enforced' }]);

  // The suite tells its address, and passes when somebody has called it.
  const receiver = shell('echo "$KUBESUITE_HOST"; echo 1..1; nc -l -p 9000 -w 40 | grep -q called && echo "ok 1 was called" || echo "not ok 1"', {
    results: 'stdout:tap',
    serves: [{ port: 9000, from: ['web'] }],
  });
  await writeConfig(workspace.folder, { receiver }, { services });
  const run = workspace.kubesuite('run');
  const ready = (): Promise<string> => workspace.kubectl('get', 'pods', '--selector=kubesuite.dev/suite=receiver', '--output=jsonpath={.items[*].status.phase}');
  await expect.poll(ready, { timeout: 60_000 }).toBe('Running');
  const address = await workspace.kubectl('get', 'service', 'e2e-receiver', '--output=jsonpath={.spec.clusterIP}');
  const call = (from: string): Promise<string> => workspace.kubectl('exec', from, '--', 'sh', '-c', `echo called | nc -w 2 ${address} 9000 >/dev/null 2>&1 && echo answered || echo refused`);
  // The pod's policy needs a moment to be in force.
  await new Promise((resolve) => {
    setTimeout(resolve, 3000);
  });
  expect((await call('db')).trim()).toBe('refused');
  await call('web');
  expect((await run).exitCode).toBe(0);
});
