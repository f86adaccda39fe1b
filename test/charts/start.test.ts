import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteContractSchema } from '../../lib/config/contract.ts';
import { annotations } from '../../lib/constructs/labels.ts';
import { configOf, suiteOf, variedConfig, variedSuites } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import { jobsOf, objectOf, type Job, type KubeObject } from './support/kube-object.ts';
import { findSchemaProblems } from './support/kube-schema.ts';

const chart = new ChartOnDisk(variedConfig);
const needing = new ChartOnDisk(configOf({ start: 'controlled', suites: [suiteOf({ name: 'zero' }), suiteOf({ name: 'one', needs: ['zero'] }), suiteOf({ name: 'alone' })] }));

beforeAll(prepareHelm, helmBuildTimeoutMs);
afterAll(() => {
  chart[Symbol.dispose]();
  needing[Symbol.dispose]();
});

describe.each(helmMajors)('Helm %i', (major) => {
  const template = async (values: object): Promise<readonly KubeObject[]> => chart.template(major, { values });

  it('says nothing of suspend when all Jobs start at once', async () => {
    for (const { spec } of jobsOf(await template({}))) expect(spec).not.toHaveProperty('suspend');
  });

  it('controlled suspends the same Jobs, under the same names', async () => {
    const objects = await template({ start: 'controlled' });
    expect(objects.flatMap(findSchemaProblems)).toEqual([]);
    const suspended = jobsOf(await template({})).map((job): unknown => ({ ...job, spec: { ...job.spec, suspend: true } }));
    expect(jobsOf(objects)).toEqual(suspended);
    expect(objectOf(objects, 'ConfigMap', 'rel-suites').data?.['start']).toBe('controlled');
  });

  it('writes on each Job what its order depends on', async () => {
    const objects = await needing.template(major, { values: { types: { smoke: { priority: 7 } } } });
    expect(jobsOf(objects).map((job) => contractOf(job)).toSorted((a, b) => a.suite.localeCompare(b.suite))).toMatchObject([
      { suite: 'alone', priority: 7 },
      { suite: 'one', priority: 7, needs: ['zero'] },
      { suite: 'zero', priority: 7 },
    ]);
    expect(contractOf(jobsOf(objects)[0])).not.toHaveProperty('needs', []);
  });

  it('lists the Jobs in the order of the config', async () => {
    const listed = objectOf(await template({}), 'ConfigMap', 'rel-suites').data?.['jobs']?.split('\n').filter(Boolean) ?? [];
    const positions = variedSuites.map(({ name }) => listed.findIndex((job) => job.startsWith(`rel-${name}-`)));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(positions).not.toContain(-1);
  });

  it.each([
    ['another trigger', { start: 'controlled', trigger: 'argocd-postsync' }, /start: controlled goes with trigger: job only, as trigger: argocd-postsync decides itself/],
    ['CronJobs', { start: 'controlled', trigger: 'cronjob-template' }, /start: controlled goes with trigger: job only/],
    ['a queue of Kueue', { start: 'controlled', queueName: 'tests' }, /start: controlled does not go with queueName, which suite \S+ has: Kueue suspends and starts its Jobs itself/],
    ['a queue of a type', { start: 'controlled', types: { smoke: { queueName: 'tests' } } }, /start: controlled does not go with queueName/],
    ['an unknown start', { start: 'later' }, /start/],
  ])('refuses controlled with %s', async (_title, values, message) => {
    await expect(template(values)).rejects.toThrow(message);
  });

  it('refuses to start at once what needs others', async () => {
    await expect(needing.template(major, { values: { start: 'all' } })).rejects.toThrow(/Suite one needs other suites to pass first, which start: all cannot keep to/);
    expect(jobsOf(await needing.template(major, { values: { start: 'all', suites: { one: { enabled: false } } } }))).toHaveLength(2);
  });
});

function contractOf(job: Job | undefined) {
  return suiteContractSchema.parse(JSON.parse(job?.metadata.annotations?.[annotations.contract] ?? ''));
}
