import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderChart } from '../../lib/chart/render.ts';
import { writeChart } from '../../lib/chart/write.ts';
import { loadConfig } from '../../lib/config/load.ts';
import { exampleApps, exampleConfigs, examplesRoot, runExample, writeExample } from './support/examples.ts';
import { helmBuildTimeoutMs, helmMajors, lintChart, prepareHelm, templateChart } from './support/helm.ts';
import type { KubeObject } from './support/kube-object.ts';
import { findSchemaProblems } from './support/kube-schema.ts';

const root = examplesRoot;
const valueFiles = [...readdirSync(join(root, 'values')).map((file) => `values/${file}`), 'kueue/values.yaml'];

let charts: string;
beforeAll(async () => {
  charts = await mkdtemp(join(tmpdir(), 'kubesuite-examples-'));
  await prepareHelm();
}, helmBuildTimeoutMs);
afterAll(async () => rm(charts, { recursive: true }));

async function synthesize(example: string): Promise<string> {
  const chart = join(charts, example);
  await runExample(example, chart);
  return chart;
}

async function expectSound(chart: string, values: object = {}): Promise<readonly (readonly KubeObject[])[]> {
  return Promise.all(
    helmMajors.map(async (major) => {
      const [lint, objects] = await Promise.all([lintChart(major, chart, values), templateChart(major, chart, { values })]);
      expect(lint).toContain('0 chart(s) failed');
      expect(objects.flatMap(findSchemaProblems)).toEqual([]);
      return objects;
    }),
  );
}

describe('examples', () => {
  it('are found', () => {
    expect(exampleApps).toEqual(expect.arrayContaining(['own-cdk8s-app', 'single-constructs']));
    expect(exampleConfigs).toContain('readme/suites.config.ts');
  });

  it.for(exampleConfigs)('the chart of %s is sound', async (path) => {
    const chart = join(charts, path);
    await writeExample(path, chart);
    await expectSound(chart);
  });

  describe('of values', () => {
    let shop: string;
    let unsaid: readonly (readonly KubeObject[])[];
    beforeAll(async () => {
      shop = join(charts, 'shop');
      const { config } = await loadConfig('suites.config.ts', resolve(root, '..'));
      writeChart(shop, renderChart(config));
      unsaid = await expectSound(shop);
    });

    it.for(valueFiles)('%s fits the chart of the demo, and changes it', async (file) => {
      const said = await expectSound(shop, parse(readFileSync(join(root, file), 'utf8')) as object);
      for (const index of helmMajors.keys()) expect(said[index]).not.toEqual(unsaid[index]);
    });
  });

  it.for(exampleApps)('the chart that %s/main.ts writes is sound', async (example) => {
    await expectSound(await synthesize(example));
  });

  it('own-cdk8s-app has the objects of cdk8s-plus beside its suite', async () => {
    const objects = await templateChart(3, await synthesize('own-cdk8s-app'));
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      expect.arrayContaining(['Deployment web', 'Service web', 'Secret rel-credentials', 'ServiceAccount rel-answers', expect.stringMatching(/^Job rel-answers-[0-9a-f]{8}$/)]),
    );
    expect(objects.find(({ kind }) => kind === 'Secret')).toMatchObject({ stringData: { greeting: 'Hello {{ name }}, this is no Helm template.' } });
  });

  it('single-constructs has only what it names, and the values of the constructs reach it', async () => {
    const objects = await templateChart(4, await synthesize('single-constructs'), { values: { networkPolicy: { extraEgressCidrs: ['10.0.0.0/8'] } } });
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(['ConfigMap', 'Job', 'Job', 'NetworkPolicy', 'ResourceQuota', 'ServiceAccount', 'ServiceAccount']);
    expect(objects.find(({ kind }) => kind === 'NetworkPolicy')).toMatchObject({ spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] } });
  });
});
