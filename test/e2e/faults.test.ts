import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listNamespace, spawnCli, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

test('each fault gets its verdict and cause, and none of them a pass', { timeout: 400_000 }, async ({ workspace }) => {
  await writeConfig(
    workspace.folder,
    {
      passes: shell(writesPass),
      'exits-1': shell(`${writesFailure}; exit 1`),
      'exits-0-with-failures': shell(writesFailure),
      'exits-3-with-passes': shell(`${writesPass}; exit 3`),
      oom: shell(`${writesPass}; exec tail /dev/zero`),
      'too-slow': shell(`${writesPass}; sleep 600`, { timeout: '20s' }),
      'missing-image': shell('true', { image: 'missing', startTimeout: '10s' }),
      'no-results': shell('true'),
      'empty-results': shell("echo '<testsuite/>' > /results/junit.xml"),
      'cut-results': shell("printf '<testsuite><testcase name=' > /results/junit.xml"),
      'cut-stdout': shell('echo TAP version 13; echo 1..3; echo ok 1', { results: 'stdout:tap' }),
      'large-results': shell(`${writesPass}; dd if=/dev/urandom of=/results/big bs=1M count=8`),
      'missing-command': shell('', { command: ['/no/such/command'] }),
      'missing-secret': shell('true', { envFrom: [{ secret: 'absent' }], startTimeout: '30s' }),
      unschedulable: shell('true', { nodeSelector: { 'example.com/no': 'node' }, startTimeout: '10s' }),
    },
    {
      images: {
        box: { repository: 'localhost/kubesuite-e2e', tag: '1', pullPolicy: 'Never' },
        missing: { repository: 'localhost/kubesuite-absent', tag: '1', pullPolicy: 'Never' },
      },
    },
  );
  const result = await workspace.kubesuite('run');
  expect(result.stderr).toBe('');
  const { report } = await readReport(workspace.folder);
  const verdicts = Object.fromEntries(report.suites.map(({ key, verdict, cause }) => [key, cause === undefined ? verdict : `${verdict}: ${cause}`]));
  expect(verdicts).toEqual({
    passes: 'passed',
    'exits-1': 'failed',
    'exits-0-with-failures': 'failed',
    'exits-3-with-passes': 'failed',
    oom: 'error: oom-killed',
    'too-slow': 'timedout',
    'missing-image': 'error: image-pull',
    'no-results': 'error: results-missing',
    'empty-results': 'error: no-tests',
    'cut-results': 'error: results-truncated',
    'cut-stdout': 'error: results-truncated',
    'large-results': 'error: results-too-large',
    'missing-command': 'error: container-start',
    'missing-secret': 'error: missing-config',
    unschedulable: 'error: unschedulable',
  });
  for (const { key, verdict, cause, diagnosis } of report.suites) {
    if (cause === undefined) continue;
    expect(diagnosis, key).toMatchObject({ docs: `docs/guide/verdicts.md#${cause}`, hint: expect.stringMatching(/^[A-Z].*\.$/) });
    if (verdict === 'error') expect(result.stdout).toContain(diagnosis?.hint);
  }
  const evidence = Object.fromEntries(report.suites.flatMap(({ key, diagnosis }) => (diagnosis === undefined ? [] : [[key, diagnosis.evidence.map(({ kind, reason }) => `${kind} ${reason}`)]])));
  expect(evidence).toMatchObject({
    oom: ['Container OOMKilled'],
    'missing-image': ['Container ErrImageNeverPull'],
    'missing-command': ['Container StartError'],
    'missing-secret': ['Container CreateContainerConfigError'],
    unschedulable: ['Pod PodScheduled=False'],
  });
  expect(report.suites.find(({ key }) => key === 'missing-secret')?.message).toMatch(/^Secret 'absent' does not exist/);
  expect(result.exitCode).toBe(1);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a suite that fails because of a service shows what the service logged then, without its credentials', async ({ workspace }) => {
  const server = `echo started long before; sleep 6; while :; do echo "ERROR no connection to postgres://shop:hunter2@db:5432 with token=abc123"; sleep 0.5; done`;
  const container = { name: 'api', image: 'localhost/kubesuite-e2e:1', imagePullPolicy: 'Never', command: ['/bin/sh', '-c', server], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'orders', labels: { app: 'orders' } }, spec: { terminationGracePeriodSeconds: 0, securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } }, containers: [container] } };
  await writeFile(join(workspace.folder, 'orders.json'), JSON.stringify(pod));
  await workspace.kubectl('apply', '--filename', join(workspace.folder, 'orders.json'));
  await expect.poll(() => workspace.kubectl('logs', 'orders'), { timeout: 60_000 }).toContain('ERROR');
  const uses = { uses: ['orders'] };
  await writeConfig(
    workspace.folder,
    { checkout: shell(`sleep 2; ${writesFailure}; exit 1`, { ...uses, env: { API_TOKEN: 'hunter3' } }), fine: shell(writesPass, uses) },
    { services: { orders: { port: 80, podLabels: { app: 'orders' } } } },
  );
  const result = await workspace.kubesuite('run', '--keep');
  expect(result.exitCode).toBe(1);
  const { report, root } = await readReport(workspace.folder);
  const [checkout, fine] = report.suites;
  const log = await readFile(join(root, 'suites/checkout/services/orders/orders-api.log'), 'utf8');
  expect(log).toMatch(/^\S+Z ERROR no connection to postgres:\/\/shop:\[masked\]@db:5432 with token=\[masked\]$/m);
  expect(log).not.toMatch(/hunter2|abc123|long before/);
  expect(await readFile(join(root, 'suites/checkout/1/pod.json'), 'utf8')).not.toMatch(/hunter3|managedFields/);
  expect(JSON.parse(await readFile(join(root, 'suites/checkout/1/events.json'), 'utf8'))).toContainEqual(expect.objectContaining({ reason: 'Scheduled' }));
  expect(checkout?.attachments.map(({ path }) => path)).toEqual(expect.arrayContaining(['suites/checkout/job.json', 'suites/checkout/services/orders/orders-api.log']));
  expect(fine).toMatchObject({ verdict: 'passed', attachments: [] });
  const elsewhere = join(workspace.folder, 'elsewhere');
  await mkdir(elsewhere);
  expect((await spawnCli(elsewhere, ['wait', 'e2e', '--namespace', workspace.namespace])).exitCode).toBe(1);
  expect((await readReport(elsewhere)).report).toEqual(report);
  await workspace.kubesuite('clean', 'e2e');
});

test('a suite whose Job is deleted under it says so, and does not wait', async ({ workspace }) => {
  await writeConfig(workspace.folder, { victim: shell('sleep 100') });
  const run = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl('get', 'pods', '--output=jsonpath={.items[*].status.phase}'), { timeout: 60_000 }).toContain('Running');
  await workspace.kubectl('delete', 'jobs', '--all', '--wait=false');
  expect((await run).exitCode).toBe(3);
  expect((await readReport(workspace.folder)).report.suites).toMatchObject([{ verdict: 'error', cause: 'job-deleted', diagnosis: { title: 'Somebody deleted the Job' } }]);
});

test('a suite that the namespace refuses ends within seconds, with the words of the API server', async ({ workspace }) => {
  await writeConfig(workspace.folder, { rooted: shell('true', { podSecurity: 'baseline', runAsUser: 'image' }) });
  const result = await workspace.kubesuite('run');
  expect(result.exitCode).toBe(3);
  const { report } = await readReport(workspace.folder);
  expect(report.suites).toMatchObject([{ cause: 'pod-security', message: expect.stringContaining('violates PodSecurity "restricted'), diagnosis: { evidence: [{ kind: 'Job', reason: 'FailedCreate' }] } }]);
});

test('a suite that passes on its retry is flaky, with both attempts kept', async ({ workspace }) => {
  await writeConfig(workspace.folder, {
    shaky: shell("echo 1..1; if [ -e /flag/on ]; then echo 'ok 1'; else echo 'not ok 1'; exit 1; fi", {
      results: 'stdout:tap',
      retries: 1,
      volumes: [{ configMap: 'flag', optional: true, mountPath: '/flag' }],
    }),
  });
  const run = workspace.kubesuite('run');
  await expect.poll(() => workspace.kubectl('get', 'pods', '--output=jsonpath={.items[*].status.phase}'), { timeout: 30_000 }).toContain('Failed');
  await workspace.kubectl('create', 'configmap', 'flag', '--from-literal=on=1');
  const result = await run;
  const { report } = await readReport(workspace.folder);
  expect(report).toMatchObject({ exitCode: 0, suites: [{ verdict: 'flaky', attempts: [{ verdict: 'failed' }, { verdict: 'passed' }] }] });
  expect(result.exitCode).toBe(0);
});
