import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { helmTest, kubectlFloor, kubesuiteRun, watchFloor, type Tools, type Work } from '../test/bench/contenders.ts';
import { formatSeconds, median } from '../test/bench/statistics.ts';
import { measureSynth, type SynthTimes } from '../test/bench/synth.ts';
import { buildah, ensurePackages, loadImage, startCluster } from '../test/cluster/index.ts';
import { packProject } from '../test/support/packed-project.ts';
import { suiteImage } from '../test/support/suite-image.ts';
import { ensureHelm } from '../test/tools/helm.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, 'no-helm-test': { type: 'boolean', default: false } } });
const rounds = Number(values.rounds);

const { kubeconfig, bin } = await startCluster();
process.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
await ensurePackages(['busybox-static']);
await suiteImage.build(buildah);
await loadImage(suiteImage.ref);
await using project = await packProject();
await project.run('npm', ['install', '--prefer-offline', project.tarball]);
const tools: Tools = { kubeconfig, helm: await ensureHelm(4), kubesuite: join(project.folder, 'node_modules/kubesuite') };

interface RunRow {
  readonly name: string;
  readonly floor: readonly number[];
  readonly run: readonly number[];
  readonly watch: readonly number[];
  readonly helmTest: number | undefined;
}

const works: readonly (Work & { readonly name: string })[] = [
  { name: '20xtrue', count: 20, work: 'true' },
  { name: '20x10s', count: 20, work: 'sleep 10' },
];

const rows: RunRow[] = [];
for (const { name, ...work } of works) {
  const floor: number[] = [];
  const run: number[] = [];
  const watch: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const all = [async () => floor.push(await kubectlFloor(work, tools)), async () => run.push(await kubesuiteRun(work, tools)), async () => watch.push(await watchFloor(work, tools))];
    // Each goes first in turn, so that none has the better place.
    for (const measure of [...all.slice(round % 3), ...all.slice(0, round % 3)]) await measure();
    console.error(`${name} round ${round}/${rounds}: kubectl ${floor.at(-1)?.toFixed(1)} s, kubesuite run ${run.at(-1)?.toFixed(1)} s, watch ${watch.at(-1)?.toFixed(1)} s`);
  }
  const hooks = values['no-helm-test'] ? undefined : await helmTest(work, tools);
  rows.push({ name, floor, run, watch, helmTest: hooks });
}

const synths: SynthTimes[] = [];
for (const count of [20, 200, 1000]) synths.push(await measureSynth(count, 3, tools));

const report = `# Performance

Measured by \`npm run bench\` on one machine in one go, with the npm package as users install it; only the ratios travel. Seconds: median (least-most).

| 20 suites | \`kubectl apply\` + \`kubectl wait\`, no collector | \`kubesuite run\` to the verdict, all results in hand | the same pods with collector, \`kubectl apply\` + \`kubectl get pods --watch\`, no results | \`helm test\` of the same suites |
|---|---|---|---|---|
${rows.map((row) => `| ${row.name} | ${formatSeconds(row.floor)} | ${formatSeconds(row.run)} | ${formatSeconds(row.watch)} | ${row.helmTest?.toFixed(1) ?? 'not run'} |`).join('\n')}

| suites | \`kubesuite synth\`, whole process | \`helm template\` of the same chart | start of Node alone |
|---|---|---|---|
${synths.map((row) => `| ${row.count} | ${row.synth.toFixed(2)} | ${row.helmTemplate.toFixed(2)} | ${row.nodeStart.toFixed(2)} |`).join('\n')}

## Ratios

${ratios()
  .map((line) => `* \`${line}\``)
  .join('\n')}
`;
await writeFile('docs/performance.md', report);
console.log(report);
for (const line of ratios()) console.log(line);

function ratios(): readonly string[] {
  return [
    ...rows.map(({ name, floor, run }) => `ratio run-vs-floor-${name} ${medianRatio(run, floor)}`),
    ...rows.map(({ name, watch, floor }) => `ratio watch-vs-floor-${name} ${medianRatio(watch, floor)}`),
    ...rows.map(({ name, run, watch }) => `ratio run-vs-watch-${name} ${medianRatio(run, watch)}`),
    ...rows.flatMap(({ name, run, helmTest: hooks }) => (hooks === undefined ? [] : [`ratio helm-test-vs-run-${name} ${(hooks / median(run)).toFixed(2)}`])),
    ...synths.map(({ count, synth, helmTemplate }) => `ratio synth-vs-helm-template-${count} ${(synth / helmTemplate).toFixed(2)}`),
    ...synths.map(({ count, synth, nodeStart }) => `seconds synth-over-node-start-${count} ${(synth - nodeStart).toFixed(2)}`),
  ];
}

function medianRatio(ours: readonly number[], theirs: readonly number[]): string {
  return median(ours.map((seconds, index) => seconds / (theirs[index] ?? Number.NaN))).toFixed(2);
}
