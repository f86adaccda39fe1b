import type { V1CronJob } from '@kubernetes/client-node';
import { beforeEach, expect, test } from 'vitest';
import { suiteKey, type SuiteContract } from '../../lib/config/contract.ts';
import { annotations, labels } from '../../lib/constructs/labels.ts';
import { suiteSetKeys, suiteSetName } from '../../lib/constructs/names.ts';
import { readCronJobRelease, startRun, toJob } from '../../lib/run/cronjob-run.ts';
import { discoverRelease } from '../../lib/run/discover-release.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf } from '../support/kube-objects.ts';

function cronJobOf(contract: SuiteContract): V1CronJob {
  const ofContent = { [labels.release]: 'shop', [labels.run]: 'content' };
  return {
    metadata: { name: `shop-${suiteKey(contract)}`, uid: `cron-${suiteKey(contract)}`, annotations: { 'argocd.argoproj.io/tracking-id': 'x' } },
    spec: {
      schedule: '0 0 31 2 *',
      suspend: true,
      jobTemplate: {
        metadata: { labels: ofContent, annotations: { [annotations.contract]: JSON.stringify(contract) } },
        spec: { backoffLimit: 2, template: { metadata: { labels: ofContent }, spec: { containers: [{ name: 'suite' }] } } },
      },
    },
  };
}

let cluster: FakeCluster;

beforeEach(() => {
  cluster = new FakeCluster();
});

function install(contracts: readonly SuiteContract[], data: Record<string, string> = {}): void {
  const cronJobs = contracts.map(cronJobOf);
  for (const cronJob of cronJobs) cluster.cronJobs.set(cronJob.metadata?.name ?? '', cronJob);
  cluster.configMaps.set(suiteSetName('shop'), {
    data: { [suiteSetKeys.run]: 'r1', [suiteSetKeys.jobs]: [...cluster.cronJobs.keys()].join('\n'), [suiteSetKeys.trigger]: 'cronjob-template', ...data },
  });
}

test('a Job is what `kubectl create job --from` makes, with a run id of its own', () => {
  const cronJob = cronJobOf(contractOf('ping'));
  expect(toJob(cronJob, 'r7')).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'shop-ping-r7',
      labels: { [labels.release]: 'shop', [labels.run]: 'r7' },
      annotations: { [annotations.contract]: JSON.stringify(contractOf('ping')), 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'shop-ping', uid: 'cron-ping', controller: true }],
    },
    spec: { backoffLimit: 2, template: { metadata: { labels: { [labels.release]: 'shop', [labels.run]: 'r7' } }, spec: { containers: [{ name: 'suite' }] } } },
  });
  expect(cronJob).toEqual(cronJobOf(contractOf('ping')));
});

test('a run plans the Jobs that it made, and follows no others', async () => {
  install([contractOf('ping'), contractOf('worker', { shard: { index: 2, total: 2 } })]);
  const release = await readCronJobRelease(cluster, 'shop', 'ns');
  const started = await startRun(cluster, release, release.templates, 'r7');
  expect(started.suites.map(({ key, job, uid }) => [key, job, uid])).toEqual([
    ['ping', 'shop-ping-r7', 'job-shop-ping-r7'],
    ['worker-2', 'shop-worker-2-r7', 'job-shop-worker-2-r7'],
  ]);
  expect(started).toMatchObject({ run: { id: 'r7' }, labelSelector: 'kubesuite.dev/release=shop,kubesuite.dev/run=r7' });
});

test('a listed CronJob that is gone is an error, not a suite less', async () => {
  install([contractOf('ping'), contractOf('pong')]);
  cluster.cronJobs.delete('shop-pong');
  await expect(readCronJobRelease(cluster, 'shop', 'ns')).rejects.toMatchObject({ code: 'CONTRACT_INVALID', message: expect.stringContaining("'shop-pong'") as string });
});

test('a release of Jobs has nothing to start', async () => {
  install([contractOf('ping')], { [suiteSetKeys.trigger]: 'job' });
  await expect(readCronJobRelease(cluster, 'shop', 'ns')).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('kubesuite wait shop') as string });
});

test('wait takes the last Job of each CronJob, and misses one that never started', async () => {
  install([contractOf('ping'), contractOf('pong')]);
  const wait = async () => discoverRelease(cluster, new FakeClock(), 'shop', 'ns');
  await expect(wait()).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('run --from-cronjob shop') as string });
  for (const [runId, at] of [['r2', '2026-01-02'], ['r3', '2026-01-03'], ['r1', '2026-01-01']] as const) {
    const job = toJob(cronJobOf(contractOf('ping')), runId);
    cluster.jobs.set(runId, { ...job, metadata: { ...job.metadata, uid: runId, creationTimestamp: new Date(at) } });
  }
  const { suites } = await wait();
  expect(suites.map(({ key, job, uid, missing }) => [key, job, uid, missing])).toEqual([
    ['ping', 'shop-ping-r3', 'r3', undefined],
    ['shop-pong', 'shop-pong', '', true],
  ]);
});

test('wait does not take the Job of a suite as it was before an upgrade', async () => {
  const withContent = (contract: SuiteContract, content: string): V1CronJob => {
    const cronJob = cronJobOf(contract);
    Object.assign(cronJob.spec?.jobTemplate.metadata?.annotations ?? {}, { [annotations.content]: content });
    return cronJob;
  };
  install([contractOf('ping'), contractOf('pong')]);
  for (const name of ['ping', 'pong']) cluster.jobs.set(name, toJob(withContent(contractOf(name), 'before'), 'r1'));
  cluster.cronJobs.set('shop-ping', withContent(contractOf('ping'), 'before'));
  cluster.cronJobs.set('shop-pong', withContent(contractOf('pong'), 'after'));
  const { suites } = await discoverRelease(cluster, new FakeClock(), 'shop', 'ns');
  expect(suites.map(({ job, missing }) => [job, missing])).toEqual([
    ['shop-ping-r1', undefined],
    ['shop-pong', true],
  ]);
});
