import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { renderChart } from '../../lib/chart/render.ts';
import { readChart } from '../../lib/chart/write.ts';
import { loadConfig } from '../../lib/config/load.ts';

const repository = resolve(import.meta.dirname, '../..');
const binaries = join(repository, 'node_modules/.bin');
const folder = mkdtempSync(join(tmpdir(), 'kubesuite-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const path = `${binaries}${delimiter}${process.env['PATH'] ?? ''}`;
  await promisify(execFile)(command, [...args], { cwd: repository, env: { ...process.env, PATH: path, CDK8S_CHECK_UPGRADE: 'false', ...env } });
}

describe('main.ts', () => {
  it('writes the same bytes on its own and below cdk8s synth', async () => {
    const { config } = await loadConfig(undefined, repository);
    const rendered = renderChart(config);
    const bare = join(folder, 'bare');
    const below = join(folder, 'below');
    await run(process.execPath, ['main.ts'], { CDK8S_OUTDIR: bare });
    await run(join(binaries, 'cdk8s'), ['synth', '--output', below], {});
    expect(Object.fromEntries(readChart(bare, rendered))).toEqual(Object.fromEntries(rendered));
    expect(Object.fromEntries(readChart(below, rendered))).toEqual(Object.fromEntries(rendered));
  }, 120_000);
});
