import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ResolvedConfig } from '../../lib/config/resolved.ts';
import { arbitrarySuites } from './support/arbitrary-suites.ts';
import { rangeConfig, variedConfig } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import type { HelmMajor, TemplateOptions } from './support/helm.ts';
import type { KubeObject } from './support/kube-object.ts';

beforeAll(prepareHelm, helmBuildTimeoutMs);

describe.each(helmMajors)('Helm %i', (major) => {
  const everything = { run: { id: 'r1' }, productionMode: true, queueName: 'queue', priorityClasses: { create: true }, networkPolicy: { extraEgressCidrs: ['10.0.0.0/8'] }, nodeSelector: { a: 'b' }, tolerations: [{ key: 'a', operator: 'Exists' }], labels: { on: 'no' }, annotations: { c: '{{ d }}' } };
  const suites = { ping: { enabled: false }, worker: { retries: 0, timeoutSeconds: 7, env: { BASE_URL: "it's", MORE: '1' } }, watcher: { resources: { limits: { cpu: '1' } }, labels: { x: 'y' } } };
  it.each<{ readonly what: string; readonly options: TemplateOptions }>([
    { what: 'no values', options: {} },
    { what: 'a release with a hash in its names', options: { release: 'a-long-release-name-with-dashes-that-fills-names' } },
    { what: 'every value', options: { values: { ...everything, suites } } },
    { what: 'Argo CD', options: { values: { trigger: 'argocd-postsync' } } },
    { what: 'CronJobs', options: { values: { trigger: 'cronjob-template', suites } } },
    { what: 'no network policies', options: { values: { networkPolicy: { enabled: false } } } },
  ])('gives the objects of single files with $what', async ({ options }) => {
    // Twice each, so that there is something to range over.
    const twice = variedConfig.suites.flatMap((suite) => [suite, { ...suite, name: `${suite.name}-x`, startTimeoutSeconds: 99, tags: ['x'] }]);
    await expectSameObjects(major, { ...variedConfig, suites: twice }, options);
  });

  it('gives the objects of single files for any suites', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySuites, async (any) => expectSameObjects(major, { ...variedConfig, suites: any }, {})),
      { numRuns: 6, ...(process.env['FC_SEED'] !== undefined && { seed: Number(process.env['FC_SEED']) }) },
    );
  });

  it('refuses values of a suite that there is not', async () => {
    using chart = new ChartOnDisk(rangeConfig);
    const { suites: known } = parse(chart.files.get('values.yaml') ?? '') as { suites: Readonly<Record<string, object>> };
    await expect(chart.template(major, { values: { suites: { basket: known['cart'] } } })).rejects.toThrow("values: 'suites.basket' belongs to nothing in this chart");
    await expect(chart.template(major, { values: { suites: { basket: { enabled: false } } } })).rejects.toThrow(/suites[./]basket/);
    await expect(chart.template(major, { values: { suites: { cart: { timeoutSeconds: 'x' } } } })).rejects.toThrow(/suites[./]cart[./]timeoutSeconds/);
    await expect(chart.template(major, { values: { suites: { cart: { retry: 1 } } } })).rejects.toThrow(/retry/);
  });

  it('refuses to take a suite, type or image away', async () => {
    using chart = new ChartOnDisk(rangeConfig);
    await expect(chart.template(major, { values: { suites: { cart: null } } })).rejects.toThrow("values: 'suites.cart' must not be null");
    await expect(chart.template(major, { values: { types: { smoke: null } } })).rejects.toThrow(/types: smoke is required|'.types': missing property 'smoke'/);
    await expect(chart.template(major, { values: { images: { tests: null } } })).rejects.toThrow(/images: tests is required|'.images': missing property 'tests'/);
  });

  it('passes lint --strict', async () => {
    using chart = new ChartOnDisk({ ...variedConfig, layout: 'range' });
    expect(await chart.lint(major)).toContain('0 chart(s) failed');
  });
});

async function expectSameObjects(major: HelmMajor, suites: ResolvedConfig, options: TemplateOptions): Promise<void> {
  using files = new ChartOnDisk({ ...suites, layout: 'files' });
  using range = new ChartOnDisk({ ...suites, layout: 'range' });
  const [single, together] = await Promise.all([files.template(major, options), range.template(major, options)]);
  expect(byName(together)).toEqual(byName(single));
}

function byName(objects: readonly KubeObject[]): Readonly<Record<string, KubeObject>> {
  const named = objects.map((object) => [`${object.kind}/${object.metadata.name}`, object] as const);
  expect(new Set(named.map(([key]) => key)).size).toBe(objects.length);
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
