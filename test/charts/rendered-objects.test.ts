import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteContractSchema } from '../../lib/config/contract.ts';
import { variedConfig, variedSuites } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import { jobsOf, objectOf } from './support/kube-object.ts';
import { findSchemaProblems } from './support/kube-schema.ts';
import { baselineViolations, restrictedViolations } from './support/pod-security.ts';

const everythingOn = {
  productionMode: true,
  priorityClasses: { create: true },
  networkPolicy: { extraEgressCidrs: ['10.0.0.0/8'] },
  nodeSelector: { pool: 'tests' },
  suites: { ping: { env: { EXTRA: 'x' } } },
};

const chart = new ChartOnDisk(variedConfig);

beforeAll(prepareHelm, helmBuildTimeoutMs);
afterAll(() => chart[Symbol.dispose]());

describe.each(helmMajors)('Helm %i', (major) => {
  it('has nothing to say against the chart', async () => {
    expect(await chart.lint(major)).toContain('0 chart(s) failed');
  });

  it.each([{ name: 'default values', values: {} }, { name: 'everything on', values: everythingOn }])('renders objects that Kubernetes knows: $name', async ({ values }) => {
    const objects = await chart.template(major, { values });
    expect(objects.flatMap(findSchemaProblems)).toEqual([]);
    expect(new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).size).toBe(objects.length);
  });

  it('renders pods that PodSecurity admits', async () => {
    const levels = new Map(variedSuites.map(({ name, podSecurity }) => [name, podSecurity]));
    const jobs = jobsOf(await chart.template(major));
    expect(jobs).toHaveLength(variedSuites.length + 1);
    for (const { metadata, spec } of jobs) {
      const isRestricted = levels.get(metadata.labels?.['kubesuite.dev/suite'] ?? '') === 'restricted';
      const violations = isRestricted ? restrictedViolations(spec.template.spec) : baselineViolations(spec.template.spec);
      expect(violations, metadata.name).toEqual([]);
    }
  });

  it('writes on each Job a contract that the CLI reads', async () => {
    const jobs = jobsOf(await chart.template(major, { values: { suites: { worker: { timeoutSeconds: 1_000_000, retries: 1 } } } }));
    const contracts = jobs.map(({ metadata }) => suiteContractSchema.parse(JSON.parse(metadata.annotations?.['kubesuite.dev/contract'] ?? '')));
    expect(contracts.filter(({ suite }) => suite === 'worker')).toEqual([
      expect.objectContaining({ shard: { index: 1, total: 2 }, timeoutSeconds: 1_000_000, retries: 1, tags: ['slow', 'queue'] }),
      expect.objectContaining({ shard: { index: 2, total: 2 }, timeoutSeconds: 1_000_000, retries: 1 }),
    ]);
  });

  it('lists exactly the Jobs that it renders', async () => {
    const objects = await chart.template(major, { values: { run: { id: 'r1' }, suites: { on: { enabled: false } } } });
    const set = objectOf(objects, 'ConfigMap', 'rel-suites').data;
    expect(set?.['jobs']?.split('\n').filter(Boolean).toSorted()).toEqual(jobsOf(objects).map(({ metadata }) => metadata.name).toSorted());
    expect(set).toMatchObject({ run: 'r1', chart: 'fixture-0.1.0', hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
    expect(objects.filter(({ metadata }) => metadata.labels?.['kubesuite.dev/suite'] === 'on')).toEqual([]);
  });

  it.each(['job', 'cronjob-template'])('renders no kind that its README does not name: %s', async (trigger) => {
    const kinds = new Set((await chart.template(major, { values: { ...everythingOn, trigger } })).map(({ kind }) => `${kind.replace(/y$/, 'ie').replace(/ss$/, 'sse')}s`));
    expect(kinds.size).toBeGreaterThanOrEqual(9);
    for (const kind of kinds) expect(chart.files.get('README.md')).toMatch(new RegExp(`\\b${kind}\\b`));
  });

  it('keeps what changes from release to release out of the pods', async () => {
    const text = await chart.templateText(major);
    expect(text).not.toContain('helm.sh/');
    expect(text).not.toContain('0.1.0\n  ');
  });
});
