import { beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedConfig, ResolvedSuite } from '../../lib/config/resolved.ts';
import { objectName, quotaNames } from '../../lib/constructs/names.ts';
import { configOf, filesResults, imageOf, suiteOf } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import type { TemplateOptions } from './support/helm.ts';
import { jobsOf, objectOf } from './support/kube-object.ts';

const name = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const longRelease = 'release-with-as-many-characters-as-helm-allows-it-53c';
const longSuite = 'suite-with-as-many-characters-as-the-config-allows-40';

beforeAll(prepareHelm, helmBuildTimeoutMs);

describe.each(helmMajors)('Helm %i', (major) => {
  it.each(['', 'r', 'k'.repeat(32)])('keeps every name within 63 characters and apart, run.id "%s"', async (id) => {
    const suites = [suiteOf({ name: longSuite, shards: 12, results: filesResults }), suiteOf({ name: `${longSuite}x` }), suiteOf({ name: 'a' })];
    const config = configOf({ suites, types: { smoke: { name: 'smoke', priority: 1, quota: { pods: '1' } } } });
    using chart = new ChartOnDisk(config);
    expect(longRelease).toHaveLength(53);
    const objects = await chart.template(major, { release: longRelease, namespace: 'n'.repeat(63), values: { run: { id }, priorityClasses: { create: true } } });
    expect(jobsOf(objects)).toHaveLength(14);
    for (const { metadata } of objects) {
      expect(metadata.name).toMatch(name);
      expect(metadata.name.length).toBeLessThanOrEqual(63);
      for (const value of Object.values(metadata.labels ?? {})) expect(value.length).toBeLessThanOrEqual(63);
    }
    expect(new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).size).toBe(objects.length);
  });

  it.each(['r', 'a-b', longRelease])('names objects of the release "%s" as the CLI expects them', async (release) => {
    using chart = new ChartOnDisk(configOf({ suites: [suiteOf({ name: longSuite }), suiteOf({ name: 'a' })], types: { smoke: { name: 'smoke', priority: 1, quota: { pods: '1' } } } }));
    const namesOf = async (wanted: string, create: boolean): Promise<readonly string[]> => {
      const objects = await chart.template(major, { release, values: { priorityClasses: { create } } });
      return objects.flatMap(({ kind, metadata }) => (kind === wanted ? [metadata.name] : []));
    };
    expect(await namesOf('ServiceAccount', false)).toEqual(expect.arrayContaining([longSuite, 'a'].map((key) => objectName(release, key))));
    expect([...(await namesOf('ResourceQuota', false)), ...(await namesOf('ResourceQuota', true))]).toEqual(quotaNames(release, 'smoke'));
  });

  it('has run.id and content in names, and says the run on Jobs and pods', async () => {
    using chart = new ChartOnDisk(configOf({ suites: [suiteOf({ name: 'worker', shards: 2 })] }));
    const jobs = jobsOf(await chart.template(major, { values: { run: { id: 'abc-1' } } }));
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual([expect.stringMatching(/^rel-worker-1-abc-1-[0-9a-f]{8}$/), expect.stringMatching(/^rel-worker-2-abc-1-[0-9a-f]{8}$/)]);
    for (const { metadata, spec } of jobs) {
      expect(metadata.labels?.['kubesuite.dev/run']).toBe('abc-1');
      expect(spec.template.metadata.labels?.['kubesuite.dev/run']).toBe('abc-1');
    }
  });

  it('gives shards their number', async () => {
    using chart = new ChartOnDisk(configOf({ suites: [suiteOf({ name: 'worker', shards: 2 })] }));
    const shards = jobsOf(await chart.template(major)).map(({ metadata, spec }) => {
      const env = spec.template.spec.containers[0]?.env ?? [];
      return [metadata.labels?.['kubesuite.dev/shard'], ...env.filter((entry) => entry.name.startsWith('KUBESUITE_SHARD')).map(({ value }) => value)];
    });
    expect(shards).toEqual([
      ['1', '1/2', '1', '2'],
      ['2', '2/2', '2', '2'],
    ]);
  });
});

/** With one Helm: both render the same objects (test/sweeps/values-properties.test.ts). */
describe('without a run.id', () => {
  const base = suiteOf({ name: 'worker', results: filesResults });
  const config = (fields: Partial<ResolvedSuite> = {}, more: Partial<ResolvedConfig> = {}): ResolvedConfig =>
    configOf({ suites: [{ ...base, ...fields }, suiteOf({ name: 'other' })], ...more });

  it.each<{ readonly what: string; readonly config?: ResolvedConfig; readonly options?: TemplateOptions }>([
    { what: 'a command', config: config({ command: ['x'] }) },
    { what: 'an argument', config: config({ args: ['x'] }) },
    { what: 'a declared variable', config: config({ env: [{ name: 'A', value: 'x' }] }) },
    { what: 'a rule', config: config({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }) },
    { what: 'the image', config: config({}, { images: { tests: imageOf({ name: 'tests', tag: 'new' }) } }) },
    { what: 'an image value', options: { values: { images: { tests: { tag: 'new' } } } } },
    { what: 'a pull policy', options: { values: { images: { tests: { pullPolicy: 'Always' } } } } },
    { what: 'production mode', options: { values: { productionMode: true, production: { registry: 'r.example.com' } } } },
    { what: 'a variable of values', options: { values: { suites: { worker: { env: { A: 'x' } } } } } },
    { what: 'resources', options: { values: { suites: { worker: { resources: { limits: { memory: '1Gi' } } } } } } },
    { what: 'a timeout', options: { values: { suites: { worker: { timeoutSeconds: 61 } } } } },
    { what: 'retries', options: { values: { suites: { worker: { retries: 1 } } } } },
    { what: 'a node selector', options: { values: { nodeSelector: { a: 'b' } } } },
    { what: 'tolerations', options: { values: { tolerations: [{ key: 'a' }] } } },
    { what: 'labels', options: { values: { types: { smoke: { labels: { a: 'b' } } } } } },
    { what: 'annotations', options: { values: { suites: { worker: { annotations: { a: 'b' } } } } } },
    { what: 'limits of its type', options: { values: { types: { smoke: { limits: { cpu: '1' } } } } } },
    { what: 'pull secrets of its image', options: { values: { images: { tests: { pullSecrets: ['a'] } } } } },
    { what: 'the registry', options: { values: { registry: 'r.example.com' } } },
    { what: 'the queue', options: { values: { queueName: 'q' } } },
    { what: 'the queue of its type', options: { values: { types: { smoke: { queueName: 'q' } } } } },
    { what: 'priority classes', options: { values: { priorityClasses: { create: true } } } },
  ])('a change of $what makes a new Job', async ({ config: changed = config(), options }) => {
    expect(await jobName(changed, options)).not.toBe(await jobName(config()));
  });

  it.each<{ readonly what: string; readonly config?: ResolvedConfig; readonly options?: TemplateOptions }>([
    { what: 'another suite', config: configOf({ suites: [base, suiteOf({ name: 'other', command: ['x'] })] }) },
    { what: 'values of another suite', options: { values: { suites: { other: { timeoutSeconds: 61, enabled: false } } } } },
    { what: 'an image of other suites', config: config({}, { images: { tests: imageOf({ name: 'tests' }), more: imageOf({ name: 'more' }) } }) },
    { what: 'tags', config: config({ tags: ['x'] }) },
    { what: 'the network policy', options: { values: { networkPolicy: { enabled: false } } } },
    { what: 'a quota', options: { values: { types: { smoke: { quota: { pods: '1' } } } } } },
    { what: 'production values outside of production mode', options: { values: { production: { registry: 'r.example.com', pullSecrets: ['x'] } } } },
    { what: 'production mode that changes nothing', options: { values: { productionMode: true, production: { pullPolicy: 'Never' } } } },
  ])('a change of $what does not', async ({ config: changed = config(), options }) => {
    expect(await jobName(changed, options)).toBe(await jobName(config()));
  });

  it('a disabled suite changes the hash of the set', async () => {
    using chart = new ChartOnDisk(config());
    const hash = async (options: TemplateOptions): Promise<string | undefined> => objectOf(await chart.template(4, options), 'ConfigMap', 'rel-suites').data?.['hash'];
    const before = await hash({});
    expect(await hash({ values: { networkPolicy: { enabled: false } } })).toBe(before);
    expect(await hash({ values: { suites: { other: { enabled: false } } } })).not.toBe(before);
    expect(await hash({ values: { run: { id: 'x' } } })).not.toBe(before);
  });
});

async function jobName(config: ResolvedConfig, options?: TemplateOptions): Promise<string> {
  using chart = new ChartOnDisk(config);
  const names = jobsOf(await chart.template(4, options)).map(({ metadata }) => metadata.name);
  return names.find((found) => found.startsWith('rel-worker-')) ?? 'none';
}
