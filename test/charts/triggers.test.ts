import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { triggers } from '../../lib/config/triggers.ts';
import { annotations } from '../../lib/constructs/labels.ts';
import { configOf, suiteOf, variedConfig } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import { jobsOf, objectOf, type Job, type KubeObject } from './support/kube-object.ts';
import { findSchemaProblems } from './support/kube-schema.ts';

interface CronJob extends KubeObject {
  readonly spec: {
    readonly schedule: string;
    readonly suspend: boolean;
    readonly successfulJobsHistoryLimit: number;
    readonly failedJobsHistoryLimit: number;
    readonly jobTemplate: { readonly metadata: KubeObject['metadata']; readonly spec: Job['spec'] };
  };
}

function cronJobsOf(objects: readonly KubeObject[]): readonly CronJob[] {
  return objects.filter((object): object is CronJob => object.kind === 'CronJob');
}

const chart = new ChartOnDisk(variedConfig);

beforeAll(prepareHelm, helmBuildTimeoutMs);
afterAll(() => chart[Symbol.dispose]());

describe.each(helmMajors)('Helm %i', (major) => {
  const template = async (values: object): Promise<readonly KubeObject[]> => chart.template(major, { values });

  it.each(triggers)('renders objects that Kubernetes knows, and lists them: %s', async (trigger) => {
    const objects = await template({ trigger });
    expect(objects.flatMap(findSchemaProblems)).toEqual([]);
    const set = objectOf(objects, 'ConfigMap', 'rel-suites').data;
    const names = [...jobsOf(objects), ...cronJobsOf(objects)].map(({ metadata }) => metadata.name);
    expect(set?.['jobs']?.split('\n').filter(Boolean).toSorted()).toEqual(names.toSorted());
    expect(set?.['trigger']).toBe(trigger);
  });

  it.each(triggers)('renders everything but the Jobs the same: %s', async (trigger) => {
    const rest = (objects: readonly KubeObject[]): readonly KubeObject[] => objects.filter(({ kind, metadata }) => !kind.endsWith('Job') && metadata.name !== 'rel-suites');
    expect(rest(await template({ trigger }))).toEqual(rest(await template({})));
  });

  it('argocd-postsync makes hooks of the same Jobs, under names that stay', async () => {
    const values = { trigger: 'argocd-postsync' };
    const objects = await template(values);
    const plain = jobsOf(await template({}));
    const hooks = jobsOf(objects);
    expect(hooks.map(({ spec }) => spec)).toEqual(plain.map(({ spec }) => spec));
    expect(hooks.map(({ metadata }) => metadata.labels)).toEqual(plain.map(({ metadata }) => metadata.labels));
    const { hash } = objectOf(objects, 'ConfigMap', 'rel-suites').data ?? {};
    for (const { metadata } of hooks) {
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/hook': 'PostSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        'kubesuite.dev/suite-set': hash,
      });
    }
    const changed = await template({ ...values, run: { id: 'r2' }, suites: { ping: { retries: 1 } } });
    expect(jobsOf(changed).map(({ metadata }) => metadata.name)).toEqual(hooks.map(({ metadata }) => metadata.name));
    expect(hooks.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['rel-ping', 'rel-worker-1', 'rel-worker-2']));
  });

  it('argocd-postsync hooks nothing but Jobs', async () => {
    const hooked = (await template({ trigger: 'argocd-postsync' })).filter(({ metadata }) => JSON.stringify(metadata.annotations ?? {}).includes('argocd'));
    expect([...new Set(hooked.map(({ kind }) => kind))]).toEqual(['Job']);
    expect(JSON.stringify(await template({}))).not.toContain('argocd');
  });

  it('a change of one suite changes an object that Argo CD compares', async () => {
    const compared = async (values: object): Promise<readonly KubeObject[]> => (await template({ trigger: 'argocd-postsync', ...values })).filter(({ kind }) => kind !== 'Job');
    const before = await compared({});
    expect(await compared({})).toEqual(before);
    for (const values of [{ suites: { ping: { env: { A: 'x' } } } }, { suites: { on: { enabled: false } } }, { run: { id: 'r2' } }]) {
      expect(objectOf(await compared(values), 'ConfigMap', 'rel-suites').data).not.toEqual(objectOf(before, 'ConfigMap', 'rel-suites').data);
    }
  });

  it('cronjob-template makes suspended CronJobs with the pods of the same Jobs', async () => {
    const objects = await template({ trigger: 'cronjob-template' });
    const cronJobs = cronJobsOf(objects);
    const plain = jobsOf(await template({}));
    expect(jobsOf(objects)).toEqual([]);
    expect(cronJobs.map(({ spec }) => spec.jobTemplate.spec)).toEqual(plain.map(({ spec }) => spec));
    expect(cronJobs.map(({ spec }) => spec.jobTemplate.metadata)).toEqual(plain.map(({ metadata }) => ({ labels: metadata.labels, annotations: { ...metadata.annotations, [annotations.content]: expect.stringMatching(/^[0-9a-f]{8}$/) } })));
    for (const { spec } of cronJobs) expect(spec).toMatchObject({ suspend: true, schedule: '0 0 31 2 *' });
  });

  it('leaves room for a run id behind the name of a CronJob', async () => {
    const suites = [suiteOf({ name: 's'.repeat(40), shards: 2 }), suiteOf({ name: 'a' })];
    using long = new ChartOnDisk(configOf({ suites, trigger: 'cronjob-template' }));
    const cronJobs = cronJobsOf(await long.template(major, { release: 'r'.repeat(53) }));
    expect(cronJobs).toHaveLength(3);
    const names = new Set(cronJobs.map(({ metadata }) => metadata.name));
    expect(names.size).toBe(3);
    for (const name of names) expect(`${name}-`.length + 11).toBeLessThanOrEqual(63);
  });

  it('refuses an unknown trigger', async () => {
    await expect(template({ trigger: 'cron' })).rejects.toThrow(/trigger/);
  });
});

it.each(triggers)('the config sets the default of the value: %s', (trigger) => {
  using own = new ChartOnDisk(configOf({ trigger }));
  expect(own.files.get('values.yaml')).toContain(`\ntrigger: ${trigger}\n`);
});
