import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ArgoCdApplication, createRepository } from '../support/argocd-application.ts';
import { ArgoCd } from '../support/argocd.ts';
import { kubectl, spawnCli } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

const id = randomBytes(4).toString('hex');
const destination = `e2e-${id}`;
/** Longer than Argo CD takes to notice a difference, to heal it, or to try again. */
const quietMs = 8000;

let repository: string;
let argocd: ArgoCd;
let application: ArgoCdApplication;
let firstRevision: string;

async function writeChart(worker: string): Promise<void> {
  await writeConfig(repository, { ping: shell('printf "1..1\\nok 1 - answers\\n"', { results: 'stdout:tap' }), worker: shell(worker) }, { name: 'shop' });
  const { exitCode, stderr } = await spawnCli(repository, ['synth']);
  expect(exitCode, stderr).toBe(0);
}

/** Name and uid of each Job: a Job that ran again has another uid. */
async function jobs(): Promise<readonly string[]> {
  const text = await kubectl('get', 'jobs', '--namespace', destination, '--output=jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{"\\n"}{end}');
  return text.trim().split('\n').toSorted();
}

async function suiteSetHash(): Promise<string> {
  return kubectl('get', 'configmap', 'shop-suites', '--namespace', destination, '--output=jsonpath={.data.hash}');
}

/** Waits for the release in a folder of its own. */
async function waitForRelease() {
  const elsewhere = await mkdtemp(join(tmpdir(), 'kubesuite-elsewhere-'));
  try {
    const { exitCode, stderr } = await spawnCli(elsewhere, ['wait', 'shop', '--namespace', destination]);
    const { report, root } = await readReport(elsewhere);
    const logs = await Promise.all(report.suites.map(async ({ key }) => readFile(join(root, 'suites', key, '1', 'log.txt'), 'utf8')));
    return { exitCode, stderr, suites: report.suites.map(({ key, verdict, tests }) => `${key} ${verdict} ${tests.total}`).toSorted(), logs };
  } finally {
    await rm(elsewhere, { recursive: true });
  }
}

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'kubesuite-repository-'));
  await kubectl('create', 'namespace', destination);
  await kubectl('label', 'namespace', destination, 'pod-security.kubernetes.io/enforce=restricted');
  await writeChart(writesPass);
  firstRevision = await createRepository(repository);
  argocd = await ArgoCd.start(`argocd-${id}`);
  application = await ArgoCdApplication.create({ argocd: argocd.namespace, destination, repository });
}, 3_600_000);

afterAll(async () => {
  await argocd?.stop();
  // Argo CD, which takes its finalizers off the Jobs of a finished sync, is gone.
  for (const job of (await kubectl('get', 'jobs', '--namespace', destination, '--output=name')).split('\n').filter(Boolean)) {
    await kubectl('patch', job, '--namespace', destination, '--type=merge', '--patch={"metadata":{"finalizers":null}}');
  }
  await kubectl('delete', 'namespace', destination, '--wait=false');
  await rm(repository, { recursive: true, force: true });
}, 120_000);

afterEach(({ task }) => {
  // oxlint-disable-next-line no-console
  if (task.result?.state === 'fail') console.error(argocd.complaints);
});

/** Each test goes on where the one before has ended. */
describe('Argo CD 3.2 with the Application of the guide', () => {
  test('the first sync runs the suites as PostSync hooks, and is Synced and Healthy', async () => {
    const { operationState } = await application.synced(firstRevision);
    expect(operationState).toMatchObject({ phase: 'Succeeded' });
    const hooks = operationState?.syncResult?.resources?.filter(({ hookType }) => hookType === 'PostSync');
    expect(hooks?.map(({ kind, name, hookPhase }) => `${kind} ${name} ${hookPhase}`).toSorted()).toEqual(['Job shop-ping Succeeded', 'Job shop-worker Succeeded']);
    await expect.poll(async () => application.status(), { timeout: 30_000 }).toMatchObject({ sync: { status: 'Synced' }, health: { status: 'Healthy' } });
  });

  test('kubesuite wait reads the results of the hook Jobs', async () => {
    expect(await waitForRelease()).toMatchObject({ exitCode: 0, suites: ['ping passed 1', 'worker passed 1'] });
  });

  test('selfHeal restores what somebody deleted, without another run', async () => {
    const before = await jobs();
    await kubectl('delete', 'networkpolicy', 'shop-suites', '--namespace', destination);
    await expect.poll(async () => kubectl('get', 'networkpolicies', '--namespace', destination, '--output=name'), { timeout: 60_000 }).toContain('/shop-suites\n');
    await expect.poll(async () => (await application.status()).operationState?.phase, { timeout: 30_000 }).toBe('Succeeded');
    expect(await application.refresh()).toMatchObject({ sync: { status: 'Synced' } });
    expect(await jobs()).toEqual(before);
  });

  test('nothing changed: no run, no difference, also not with selfHeal', async () => {
    const before = await jobs();
    const { operationState, history } = await application.status();
    const revision = await application.push('nothing');
    await setTimeout(quietMs);
    const after = await application.refresh();
    expect(after).toMatchObject({ sync: { status: 'Synced', revision }, health: { status: 'Healthy' }, operationState: { startedAt: operationState?.startedAt }, history });
    expect(await jobs()).toEqual(before);
  });

  test('a changed suite: one run, and wait does not take the Jobs before it for its own', async () => {
    const before = await jobs();
    const hash = await suiteSetHash();
    await writeChart(`sleep 3; ${writesPass}; cp /results/junit.xml /results/more.xml`);
    const pushed = application.push('change a suite');
    await expect.poll(suiteSetHash, { timeout: 60_000, interval: 100 }).not.toBe(hash);
    expect(await waitForRelease()).toMatchObject({ exitCode: 0, suites: ['ping passed 1', 'worker passed 2'] });
    const { operationState, history } = await application.synced(await pushed);
    expect(operationState).toMatchObject({ phase: 'Succeeded' });
    const first = await jobs();
    expect(first.map((job) => job.split(' ')[0])).toEqual(['shop-ping', 'shop-worker']);
    expect(first.filter((job) => before.includes(job))).toEqual([]);
    expect(await application.refresh()).toMatchObject({ sync: { status: 'Synced' }, operationState: { startedAt: operationState?.startedAt }, history });
    expect(await jobs()).toEqual(first);
  });

  test('a failing suite: the sync fails once, and its log is there for kubesuite wait', async () => {
    await writeChart(`echo a word before the end; ${writesFailure}; exit 1`);
    const { operationState } = await application.synced(await application.push('break a suite'));
    expect(operationState).toMatchObject({ phase: 'Failed', message: expect.stringContaining('synchronization tasks completed unsuccessfully') as string });
    const once = await jobs();
    await setTimeout(quietMs);
    const after = await application.refresh();
    expect(after).toMatchObject({ sync: { status: 'Synced' }, operationState: { phase: 'Failed', startedAt: operationState?.startedAt } });
    expect(after.operationState?.retryCount ?? 0).toBe(0);
    expect(await jobs()).toEqual(once);
    expect(await waitForRelease()).toMatchObject({ exitCode: 1, suites: ['ping passed 1', 'worker failed 2'], logs: expect.arrayContaining(['a word before the end\n']) as string[] });
  });

  test('a mended suite: the next sync replaces the failed Job and succeeds', async () => {
    await writeChart(`true; ${writesPass}`);
    const { operationState } = await application.synced(await application.push('mend the suite'));
    expect(operationState).toMatchObject({ phase: 'Succeeded' });
    expect(await waitForRelease()).toMatchObject({ exitCode: 0, suites: ['ping passed 1', 'worker passed 1'] });
  });
});
