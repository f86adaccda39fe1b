import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { renderChart } from '../../../lib/chart/render.ts';
import { writeChart } from '../../../lib/chart/write.ts';
import { loadConfig } from '../../../lib/config/load.ts';

export const examplesRoot = resolve(import.meta.dirname, '../../../examples');

const folders = readdirSync(examplesRoot, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** Examples that are cdk8s apps of their own, by folder. */
export const exampleApps: readonly string[] = folders.filter((name) => existsSync(join(examplesRoot, name, 'main.ts')));

/** Configs of examples, below the root. */
export const exampleConfigs: readonly string[] = folders.flatMap((name) => readdirSync(join(examplesRoot, name)).filter((file) => file.endsWith('.config.ts')).map((file) => join(name, file)));

/** Writes the chart of a config. */
export async function writeExample(config: string, chart: string): Promise<void> {
  writeChart(chart, renderChart((await loadConfig(config, examplesRoot)).config));
}

/** Lets an example app write its chart. */
export async function runExample(app: string, chart: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['main.ts'], { cwd: join(examplesRoot, app), env: { ...process.env, CDK8S_OUTDIR: chart } });
}
