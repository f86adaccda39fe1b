import { expect } from 'vitest';
import { listNamespace, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

test('each fault gets its verdict and cause, and none of them a pass', { timeout: 240_000 }, async ({ workspace }) => {
  await writeConfig(
    workspace.folder,
    {
      passes: shell(writesPass),
      'exits-1': shell(`${writesFailure}; exit 1`),
      'exits-0-with-failures': shell(writesFailure),
      'exits-3-with-passes': shell(`${writesPass}; exit 3`),
      oom: shell(`${writesPass}; exec tail /dev/zero`),
      'too-slow': shell(`${writesPass}; sleep 600`, { timeout: '10s' }),
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
  expect(result.exitCode).toBe(1);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
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
