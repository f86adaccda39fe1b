import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { x } from 'tinyexec';
import type { RunReport } from '../lib/run/report.ts';
import { formatSeconds, median } from '../test/bench/statistics.ts';
import { buildah, ensurePackages, loadImage, startCluster } from '../test/cluster/index.ts';
import { shell, writeConfig } from '../test/e2e/fixtures/suites.ts';
import { networkTap, startServers } from '../test/support/denied-suite.ts';
import { suiteImage } from '../test/support/suite-image.ts';
import { ensureHelm } from '../test/tools/helm.ts';

/**
 * `npm run bench:guard`: runs a suite that proves a denial many times, with and without the network
 * guard, counts false results, and measures what the guard costs.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '50' }, pairs: { type: 'string', default: '7' } } });
const runs = Number(values.runs);
const pairs = Number(values.pairs);

const { kubeconfig, bin } = await startCluster();
const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, KUBECONFIG: kubeconfig, KUBESUITE_HELM: await ensureHelm(4), NO_COLOR: '1', CI: 'true' };
await ensurePackages(['busybox-static']);
await suiteImage.build(buildah);
await loadImage(suiteImage.ref);

const namespace = `guard-${Date.now().toString(36)}`;
const folder = await mkdtemp(join(tmpdir(), 'kubesuite-guard-'));
await kubectl('create', 'namespace', namespace);
try {
  const services = await startServers(kubectl, apply, 'web', 'db');
  const [web = '', db = ''] = Object.values(services).map((service) => `${(service as { host: string }).host}:80`);
  const suite = { ...shell(networkTap({ [db]: 'is denied', [web]: 'answers' }), { results: 'stdout:tap' }), uses: ['web'], timeout: '5m' };
  const denying = { ...suite, denies: ['db'] };
  const waiting = { ...suite, network: { guard: true } };
  const bare = { ...suite, denies: ['db'], network: { guard: false } };
  const falseWith = runs === 0 ? 0 : await countFalse({ ...denying, shards: runs }, services);
  const falseWaiting = runs === 0 ? 0 : await countFalse({ ...waiting, shards: runs }, services);
  const falseWithout = runs === 0 ? 0 : await countFalse({ ...bare, shards: runs }, services);

  const quick = { ...shell('echo 1..1; echo "ok 1"', { results: 'stdout:tap' }), uses: ['web'] };
  const open = { networkPolicy: { enabled: false } };
  const guarded = { ...quick, network: { guard: true } };
  const variants = { bare: [quick], looking: [guarded, open], waiting: [guarded], denying: [{ ...quick, denies: ['db'] }] } as const;
  const times: Readonly<Record<keyof typeof variants, number[]>> = { bare: [], looking: [], waiting: [], denying: [] };
  for (let pair = 0; pair < pairs; pair++) {
    for (const name of ['bare', 'looking', 'waiting', 'denying'] as const) {
      const [variant, over] = variants[name];
      times[name].push((await run(variant, { services, ...over })).seconds);
    }
  }
  const over = (name: keyof typeof variants): readonly number[] => times[name].map((seconds, index) => seconds - (times.bare[index] ?? Number.NaN));
  const cost = median(over('looking'));
  if (runs > 0) {
    console.log(`| ${runs} runs of a suite that proves a denial | false results |
|---|---|
| with the guard, by \`denies\` | ${falseWith} |
| with \`guard: true\` and no \`denies\` | ${falseWaiting} |
| with \`network.guard: false\` | ${falseWithout} |
`);
  }
  console.log(`| one suite of \`true\`, \`kubesuite run\` to the end | seconds: median (least-most) of ${pairs} | more than without, pair by pair |
|---|---|---|
| without a guard | ${formatSeconds(times.bare)} | |
| \`guard: true\` in a release without policies: the guard's own cost | ${formatSeconds(times.looking)} | ${formatSeconds(over('looking'))} |
| \`guard: true\`: and until the policy is in force | ${formatSeconds(times.waiting)} | ${formatSeconds(over('waiting'))} |
| \`denies\`: the same | ${formatSeconds(times.denying)} | ${formatSeconds(over('denying'))} |
`);
  console.log(`count false-with-guard ${falseWith}/${runs}`);
  console.log(`count false-with-guard-and-no-denies ${falseWaiting}/${runs}`);
  console.log(`count false-without-guard ${falseWithout}/${runs}`);
  console.log(`seconds guard-cost ${cost.toFixed(2)}`);
  console.log(`seconds guard-cost-with-denies ${median(over('denying')).toFixed(2)}`);
  if (falseWith + falseWaiting > 0 || cost > 2) process.exitCode = 1;
} finally {
  await kubectl('delete', 'namespace', namespace, '--wait=false');
  await rm(folder, { recursive: true, force: true });
}

async function countFalse(suite: object, services: object): Promise<number> {
  const { report } = await run(suite, { services });
  const verdicts = report.suites.map(({ verdict, cause = '' }) => `${verdict} ${cause}`.trim());
  console.error(`${verdicts.length} runs: ${[...Map.groupBy(verdicts, (verdict) => verdict)].map(([verdict, all]) => `${all.length} ${verdict}`).join(', ')}`);
  const strange = verdicts.find((verdict) => verdict !== 'passed' && verdict !== 'failed');
  if (strange !== undefined) throw new Error(`A run was neither passed nor failed: ${strange}`);
  return verdicts.filter((verdict) => verdict !== 'passed').length;
}

async function run(suite: object, over: object): Promise<{ readonly report: RunReport; readonly seconds: number }> {
  await rm(join(folder, '.kubesuite'), { recursive: true, force: true });
  await writeConfig(folder, { denied: suite }, over);
  const started = performance.now();
  await x(process.execPath, [resolve(import.meta.dirname, '../bin/kubesuite.js'), 'run', '--namespace', namespace], { nodeOptions: { cwd: folder, env } });
  const seconds = (performance.now() - started) / 1000;
  const root = join(folder, '.kubesuite/runs');
  const [name = ''] = await readdir(root);
  return { report: JSON.parse(await readFile(join(root, name, 'report.json'), 'utf8')) as RunReport, seconds };
}

async function apply(manifests: string): Promise<void> {
  const file = join(folder, 'servers.json');
  await writeFile(file, manifests);
  await kubectl('apply', '--filename', file);
}

async function kubectl(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await x('kubectl', ['--namespace', namespace, ...args], { nodeOptions: { env } });
  if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}
