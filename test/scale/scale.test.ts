import { afterAll, describe, expect, it } from 'vitest';
import { estimateRelease } from '../../lib/chart/release/estimate-release.ts';
import { writeFigures, type Figures } from './figures.ts';
import { InstalledChart } from './installed-chart.ts';
import { resolveMany } from './suites.ts';
import { measureSynth } from './synth-seconds.ts';

const figures: Figures = { installs: [], synths: [], sizes: [], waits: [] };
const limitBytes = 1_048_576;

afterAll(async () => {
  const { installs, synths, sizes, waits } = figures;
  // Some tests alone leave the page as it is.
  if (installs.length === 4 && synths.length > 0 && sizes.length > 0 && waits.length > 0) await writeFigures(figures);
  process.stderr.write(`${JSON.stringify(figures, undefined, 1)}\n`);
});

describe('installs and removes', () => {
  it.for([
    { suites: 1500, layout: 'files', helm: 3 },
    { suites: 1500, layout: 'files', helm: 4 },
    { suites: 5000, layout: 'range', helm: 3 },
    { suites: 5000, layout: 'range', helm: 4 },
  ] as const)('$suites suites as $layout with Helm $helm', async ({ suites, layout, helm }) => {
    const config = resolveMany(suites, layout);
    const chart = await InstalledChart.install(config, helm);
    expect(await chart.countJobs()).toBe(suites);
    const releaseBytes = await chart.releaseBytes();
    const { bytes: estimatedBytes } = estimateRelease(config);
    const { helm: uninstallSeconds, all: emptySeconds } = await chart.uninstall();
    figures.installs.push({ helm, layout, suites, installSeconds: chart.installSeconds, releaseBytes, estimatedBytes, uninstallSeconds, emptySeconds });
    expect(releaseBytes).toBeLessThan(limitBytes);
    expect(estimatedBytes / releaseBytes).toBeGreaterThan(0.9);
    // Thousands of suites repeat themselves more than those that are looked at.
    expect(estimatedBytes / releaseBytes).toBeLessThan(1.2);
  });
});

it('has the verdicts of some hundred suites', async () => {
  const suites = Number(process.env['SCALE_WAIT_SUITES'] ?? 300);
  const chart = await InstalledChart.install(resolveMany(suites, 'range', 'even', 'stdout:tap'), 4);
  const { stdout, exitCode, seconds } = await chart.wait();
  await chart.uninstall();
  figures.waits.push({ suites, seconds });
  expect(stdout).toMatch(new RegExp(`^ *Suites +${suites} passed \\(${suites}\\)$`, 'm'));
  expect(exitCode).toBe(0);
});

it('synthesizes in linear time', async () => {
  const perSuite: number[] = [];
  const start = await measureSynth(1, 'files', 3);
  for (const [suites, layout] of [[20, 'files'], [200, 'files'], [1000, 'files'], [1500, 'files'], [1000, 'range'], [5000, 'range']] as const) {
    const seconds = await measureSynth(suites, layout, 2);
    figures.synths.push({ suites, layout, seconds });
    if (suites >= 1000) perSuite.push((seconds - start) / suites);
  }
  const [files1000 = 0, files1500 = 0, range1000 = 0, range5000 = 0] = perSuite;
  expect(files1500 / files1000).toBeLessThan(1.3);
  expect(range5000 / range1000).toBeLessThan(1.3);
});

it('says how much of the release a suite takes', () => {
  for (const layout of ['files', 'range'] as const) {
    for (const naming of ['even', 'real'] as const) {
      const [few, many] = [128, 256].map((count) => estimateRelease(resolveMany(count, layout, naming)).bytes) as [number, number];
      const perSuite = (many - few) / 128;
      figures.sizes.push({ layout, naming: naming === 'even' ? '`suite-0001`' : '`checkout-login-0`, of different length', perSuite, most: Math.floor((limitBytes - few) / perSuite) + 128 });
    }
  }
  const [filesEven, filesReal, rangeEven, rangeReal] = figures.sizes.map(({ most }) => most);
  expect(filesEven).toBeGreaterThan(1500);
  expect(filesReal).toBeGreaterThan(500);
  expect(rangeEven).toBeGreaterThan(5000);
  expect(rangeReal).toBeGreaterThan(4000);
});
