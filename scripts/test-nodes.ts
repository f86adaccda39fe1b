import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ensureNode, otherNodes } from './other-nodes.ts';

/** `npm run test:nodes`: the tests of config, charts and CLI on the other Nodes; with --quick only what users start. */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

for (const version of otherNodes) {
  const node = await ensureNode(version);
  await synthesize(node);
  console.log(`Node ${version}: synth --check and main.ts give the committed chart.`);
  if (!values.quick) await runTests(node);
}

async function synthesize(node: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-node-'));
  try {
    await run(node, ['bin/kubesuite.js', 'synth', '--check']);
    await run(node, ['main.ts'], { CDK8S_OUTDIR: folder });
    const path = 'templates/shared/suite-set.yaml';
    const [written, committed] = await Promise.all([readFile(join(folder, path), 'utf8'), readFile(join('charts/shop', path), 'utf8')]);
    if (written !== committed) throw new Error(`${path} differs from the committed one.`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(node: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  await promisify(execFile)(node, [...args], { timeout: 60_000, env: { ...process.env, ...env } });
}

/** What a test starts as `node` is the same Node. */
async function runTests(node: string): Promise<void> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'test/unit', 'test/charts', 'test/cli'];
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` };
  const code = await new Promise<number | null>((resolve, reject) => {
    spawn(node, vitest, { stdio: 'inherit', env }).once('error', reject).once('exit', resolve);
  });
  if (code !== 0) process.exitCode = 1;
}
