import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { structuredPatch } from 'diff';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChartFiles } from '../../lib/chart/chart-files.ts';
import { compareCharts } from '../../lib/chart/compare.ts';
import { renderChart } from '../../lib/chart/render.ts';
import { loadConfig } from '../../lib/config/load.ts';

const root = resolve(import.meta.dirname, '../..');

/** Edits of one line of the README's config. */
const edits: readonly (readonly [edit: string, before: string, after: string])[] = [
  ['another argument of a command', "'smoke.bats']", "'smoke.bats', 'more.bats']"],
  ['a longer timeout of a type', "timeout: '2m'", "timeout: '3m'"],
  ['one service more that a suite may reach', "'stdout:tap', uses: ['redis']", "'stdout:tap', uses: ['redis', 'web']"],
  ['an environment variable', 'shards: 2', "shards: 2, env: { LOG_LEVEL: 'debug' }"],
  ['more memory', 'shards: 2', "shards: 2, resources: { memory: '1Gi' }"],
];

let folder: string;
let config: string;
let chart: ChartFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubesuite-review-'));
  await cp(join(root, 'examples/readme'), folder, { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/kubesuite'));
  const readme = await readFile(join(folder, 'suites.config.ts'), 'utf8');
  // A service that no suite uses changes nothing of the chart.
  config = readme.replace('services: {', "services: { web: { port: 80, podLabels: { app: 'web' } },");
  chart = await render('before', config);
  expect(compareCharts(chart, await render('readme', readme))).toEqual([]);
});
afterAll(async () => rm(folder, { recursive: true }));

/** Node imports a file only once. */
async function render(name: string, text: string): Promise<ChartFiles> {
  const path = join(folder, `${name.replaceAll(' ', '-')}.config.ts`);
  await writeFile(path, text);
  return renderChart((await loadConfig(path)).config);
}

function countLines(diff: string): { readonly added: number; readonly removed: number } {
  const lines = diff.split('\n').slice(4);
  return { added: lines.filter((line) => line.startsWith('+')).length, removed: lines.filter((line) => line.startsWith('-')).length };
}

describe('a change of one line in the config', () => {
  it.for(edits)('%s touches one template at most, by a few lines, as the guide says', async ([edit, before, after]) => {
    const edited = config.replace(before, after);
    expect(structuredPatch('', '', config, edited, '', '', { context: 0 }).hunks).toMatchObject([{ oldLines: 1, newLines: 1 }]);
    const changes = compareCharts(await render(edit, edited), chart);
    const lines = changes.map(({ diff }) => countLines(diff));
    const added = lines.reduce((sum, count) => sum + count.added, 0);
    const removed = lines.reduce((sum, count) => sum + count.removed, 0);
    expect(changes.filter(({ path }) => path.startsWith('templates/')).length).toBeLessThanOrEqual(1);
    expect(changes.length).toBeLessThanOrEqual(2);
    expect(added + removed).toBeLessThanOrEqual(12);
    const row = `| ${edit} | ${changes.map(({ path }) => `\`${path}\``).join(', ')} | +${added} −${removed} |`;
    expect((await readFile(join(root, 'docs/guide/review.md'), 'utf8')).split('\n')).toContain(row);
  });
});

it('the rule of the guide runs, and holds for the config of the README', async () => {
  await promisify(execFile)(process.execPath, ['read-plan.ts'], { cwd: join(root, 'examples/review') });
});
