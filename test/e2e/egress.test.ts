import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { networkTap, startServers } from '../support/denied-suite.ts';
import { kubectl, test } from '../support/e2e.ts';
import { startOutside } from '../support/outside-servers.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig } from './fixtures/suites.ts';

const api = '10.96.0.1:443';
// A suite with rights reaches ports 443 and 6443 of every address, unless `apiServerCidrs` says which.
const dns = '10.96.0.10:53';
const nodeLocalDns = '169.254.20.10:53';
const gkeDns = '169.254.169.254:53';
const [declared, undeclared] = ['192.0.2.7', '192.0.2.8'];

/** A shell line that prints TAP: one test for each question to a name server, which is asked over UDP. */
function lookUpTap(expected: readonly (readonly [server: string, name: string, answer: string])[]): string {
  const tests = expected.map(([server, name, answer], index) => `timeout 5 nslookup ${name} ${server.replace(':53', '')} | grep -q "${answer}" && echo "ok ${index + 1} ${server}" || echo "not ok ${index + 1} ${server}"`);
  return `echo 1..${expected.length}; ${tests.join('; ')}`;
}

test('a suite reaches what it declares, of every kind, and DNS; and nothing else', { timeout: 400_000 }, async ({ workspace }) => {
  const { namespace, folder } = workspace;
  const other = `${namespace}-data`;
  const stopOutside = await startOutside([nodeLocalDns, gkeDns, `${declared}:443`, `${declared}:444`, `${undeclared}:8443`].map((address) => address.replace(':', ' ')));
  onTestFinished(stopOutside);
  await kubectl('create', 'namespace', other);
  try {
    const serveIn = async (where: string, ...names: string[]) =>
      startServers(
        (...args) => kubectl('--namespace', where, ...args),
        async (manifests) => {
          const file = join(folder, `${where}.json`);
          await writeFile(file, manifests);
          await kubectl('apply', '--namespace', where, '--filename', file);
        },
        ...names,
      );
    const near = await serveIn(namespace, 'web', 'db');
    const far = await serveIn(other, 'store', 'vault');
    const addressOf = (service: object | undefined): string => `${(service as { host: string }).host}:80`;
    const services = {
      ...near,
      ...Object.fromEntries(Object.entries(far).map(([name, service]) => [name, { ...service, namespace: other }])),
      payments: { port: 443, cidrs: [`${declared}/32`] },
    };
    const refused = { [addressOf(near['db'])]: 'is denied', [addressOf(far['vault'])]: 'is denied', [`${declared}:444`]: 'is denied', [`${undeclared}:8443`]: 'is denied' } as const;
    const everything = networkTap({
      [addressOf(near['web'])]: 'answers',
      [addressOf(far['store'])]: 'answers',
      [`${declared}:443`]: 'answers',
      [api]: 'answers',
      [dns]: 'answers',
      [nodeLocalDns]: 'answers',
      [gkeDns]: 'answers',
      ...refused,
    }, 1);
    const nothing = networkTap({ [api]: 'is denied', [addressOf(near['web'])]: 'is denied', [addressOf(far['store'])]: 'is denied', [`${declared}:443`]: 'is denied', [dns]: 'answers' }, 1);
    const rules = [{ resources: ['configmaps'], verbs: ['get'] }];
    // Their guard waits for the policy: one try each is enough.
    const stdout = { results: 'stdout:tap', denies: ['db', 'vault'], timeout: '2m' };
    await writeConfig(folder, {
      everything: shell(everything, { ...stdout, uses: ['web', 'store', 'payments'], serviceAccount: { rules } }),
      nothing: shell(nothing, stdout),
      names: shell(lookUpTap([[dns, 'kubernetes.default.svc.cluster.local.', '10.96.0.1$'], [nodeLocalDns, 'any.', 'NXDOMAIN'], [gkeDns, 'any.', 'NXDOMAIN']]), stdout),
    }, { services });
    const { exitCode, stdout: printed } = await workspace.kubesuite('run');
    const { report } = await readReport(folder);
    expect(report.suites.map(({ key, verdict, tests }) => `${key} ${verdict} ${tests.total}`).toSorted(), printed).toEqual(['everything passed 11', 'names passed 3', 'nothing passed 5']);
    expect(exitCode).toBe(0);

    // The value opens one more address for all suites.
    const values = join(folder, 'values.json');
    await writeFile(values, JSON.stringify({ networkPolicy: { extraEgressCidrs: [`${undeclared}/32`], apiServerCidrs: [] } }));
    const extra = shell(networkTap({ [`${undeclared}:8443`]: 'answers', [api]: 'is denied' }, 1), stdout);
    // Rights without an address of the API server are of no use.
    const entitled = { ...extra, serviceAccount: { rules }, network: { timeout: '15s' } };
    await writeConfig(folder, { extra, entitled }, { services });
    await rm(join(folder, '.kubesuite'), { recursive: true });
    await workspace.kubesuite('run', '--values', values);
    const { report: second } = await readReport(folder);
    expect(second.suites).toMatchObject([
      { key: 'extra', verdict: 'passed' },
      { key: 'entitled', verdict: 'error', cause: 'service-unreachable', message: expect.stringContaining('no answer: kubernetes (10.96.0.1:443)') as string },
    ]);
  } finally {
    await kubectl('delete', 'namespace', other, '--wait=false');
  }
});
