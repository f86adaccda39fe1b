import { beforeAll, describe, expect, it } from 'vitest';
import { estimateRelease, packedBytes } from '../../lib/chart/release/estimate-release.ts';
import type { ResolvedConfig } from '../../lib/config/resolved.ts';
import { resolveMany } from '../scale/suites.ts';
import { configOf, filesResults, suiteOf, variedConfig } from '../charts/support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from '../charts/support/helm.ts';

const guarded = Array.from({ length: 20 }, (_, index) =>
  suiteOf({ name: `guarded-${index}`, shards: 1 + (index % 3), uses: ['redis', 'web'], denies: ['outside'], guard: { timeoutSeconds: 30 }, results: filesResults, labels: { team: 'checkout' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
);
const configs: readonly (readonly [what: string, config: ResolvedConfig])[] = [
  ['one suite', configOf()],
  ['varied suites', variedConfig],
  ['varied suites, range', { ...variedConfig, layout: 'range' }],
  ['guarded, sharded suites with rights', { ...variedConfig, suites: guarded }],
  ['60 suites with real names', resolveMany(60, 'files', 'real')],
  ['300 suites with real names, range, of which some are looked at', resolveMany(300, 'range', 'real')],
];

const estimates = new Map(configs.map(([what, config]) => [what, estimateRelease(config).bytes]));

beforeAll(prepareHelm, helmBuildTimeoutMs);

describe.each(helmMajors)('Helm %i', (major) => {
  it.each(configs)('keeps a release of %s that is at most a tenth larger or smaller than estimated', { timeout: 120_000 }, async (what, config) => {
    using chart = new ChartOnDisk(config);
    const manifest = await chart.templateText(major, { release: config.name, namespace: `${config.name}-tests` });
    const ratio = (estimates.get(what) ?? 0) / packedBytes(config.name, chart.files, manifest);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
});

it('has an estimate for thousands of suites, and next to nothing for one', { timeout: 120_000 }, () => {
  const { bytes, limitBytes } = estimateRelease(resolveMany(5000, 'range', 'even'));
  expect(bytes / limitBytes).toBeGreaterThan(0.7);
  expect(bytes / limitBytes).toBeLessThan(1);
  expect(estimateRelease(configOf()).bytes / limitBytes).toBeLessThan(0.05);
});
