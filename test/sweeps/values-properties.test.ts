import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryValues } from '../charts/support/arbitrary-values.ts';
import type { Values, ValuesSchema } from '../charts/support/arbitrary-values.ts';
import { variedConfig, variedSuites } from '../charts/support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from '../charts/support/helm.ts';
import { invalidValues } from '../charts/support/invalid-values.ts';
import { jobsOf, suiteContainerOf } from '../charts/support/kube-object.ts';
import type { Job, KubeObject } from '../charts/support/kube-object.ts';
import { findSchemaProblems } from '../charts/support/kube-schema.ts';
import { baselineViolations, restrictedViolations } from '../charts/support/pod-security.ts';

/** One is a process of Helm. KUBESUITE_TEST_VALUES asks for more. */
const numRuns = Number(process.env['KUBESUITE_TEST_VALUES'] ?? 6);
const timeoutMs = 20_000 + numRuns * 2_000;

const chart = new ChartOnDisk(variedConfig);
const schema = JSON.parse(chart.files.get('values.schema.json') ?? '') as ValuesSchema;
const levels = new Map(variedSuites.map(({ name, podSecurity }) => [name, podSecurity]));

beforeAll(prepareHelm, helmBuildTimeoutMs);
afterAll(() => chart[Symbol.dispose]());

it('both Helms render of any valid values the same objects, which Kubernetes knows, and pods that PodSecurity admits', { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryValues(schema), async (values) => {
      const [helm3, helm4] = await Promise.all(helmMajors.map(async (major) => chart.template(major, { values })));
      expect(helm3).toEqual(helm4);
      expectSound(helm4 ?? []);
      for (const job of jobsOf(helm4 ?? [])) expectSaid(job, values);
    }),
    { numRuns },
  );
});

describe.each(helmMajors)('Helm %i', (major) => {
  it('refuses any invalid value and names it', { timeout: timeoutMs }, async () => {
    await fc.assert(
      fc.asyncProperty(invalidValues(schema), async ({ path, values }) => {
        const message = await chart.template(major, { values }).then(() => 'nothing', (error: unknown) => (error as Error).message);
        expect(message).toContain("values don't meet the specifications of the schema");
        for (const key of path) expect(message).toContain(key.replaceAll('/', '~1'));
      }),
      { numRuns },
    );
  });
});

function expectSound(objects: readonly KubeObject[]): void {
  expect(objects.flatMap(findSchemaProblems)).toEqual([]);
  expect(new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).size).toBe(objects.length);
  for (const job of jobsOf(objects)) {
    const pod = job.spec.template.spec;
    expect(levels.get(suiteOf(job)) === 'restricted' ? restrictedViolations(pod) : baselineViolations(pod)).toEqual([]);
  }
}

/** What the values say of a suite is in its Job as they say it. */
function expectSaid(job: Job, values: Values): void {
  const pod = job.spec.template;
  const type = job.metadata.labels?.['kubesuite.dev/type'] ?? '';
  const layers = [values, at(values, 'types', type), at(values, 'suites', suiteOf(job))];
  const merged = (field: string): object => Object.assign({}, ...layers.map((layer) => at(layer, field))) as object;
  expect(job.metadata.labels).toMatchObject(merged('labels'));
  expect(pod.metadata.labels).toMatchObject(merged('labels'));
  expect(job.metadata.annotations).toMatchObject(merged('annotations'));
  expect(pod.metadata.annotations ?? {}).toMatchObject(merged('annotations'));
  expect(pod.spec.nodeSelector ?? {}).toMatchObject(merged('nodeSelector'));
  const env = Object.fromEntries((suiteContainerOf(job).env ?? []).map(({ name, value }) => [name, value]));
  expect(env).toMatchObject(at(values, 'suites', suiteOf(job), 'env'));
}

function suiteOf(job: Job): string {
  return job.metadata.labels?.['kubesuite.dev/suite'] ?? '';
}

function at(values: Values, ...path: readonly string[]): Values {
  return path.reduce<Values>((inner, key) => (inner[key] ?? {}) as Values, values);
}
