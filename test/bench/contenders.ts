import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';
import { parseAllDocuments, stringify } from 'yaml';
import { writeChart } from '../../lib/chart/write.ts';
import { renderChart } from '../../lib/chart/render.ts';
import { untilIdle } from './idle.ts';
import { resolveTrivialSuites, trivialSuites } from './suites.ts';

export interface Tools {
  readonly kubeconfig: string;
  readonly helm: string;
  /** Folder of the installed npm package, as users have it. */
  readonly kubesuite: string;
}

export interface Work {
  readonly count: number;
  /** Shell words that each suite does. */
  readonly work: string;
}

/** Seconds from the start of the command to all verdicts. */
export type Contender = (work: Work, tools: Tools) => Promise<number>;

const deadlineMs = 600_000;

/** The floor: Jobs of the same suites without collector, applied and waited for by kubectl. */
export const kubectlFloor: Contender = async (work, tools) =>
  inNamespace(tools, async (namespace, folder) => {
    const file = await writeManifests(folder, (await renderSuites(work, folder, namespace, tools)).filter(({ kind }) => kind === 'Job').map(withoutCollector));
    return timed(async () => {
      await run('kubectl', ['apply', '--namespace', namespace, '--filename', file], tools);
      await run('kubectl', ['wait', '--namespace', namespace, '--for=condition=complete', 'job', '--all', '--timeout=500s'], tools);
    });
  });

/** The floor of whoever watches pods: the same objects as `kubesuite run` installs, applied by kubectl, to the end of the last suite; nothing is collected. */
export const watchFloor: Contender = async (work, tools) =>
  inNamespace(tools, async (namespace, folder) => {
    const file = await writeManifests(folder, await renderSuites(work, folder, namespace, tools));
    const path = '{.metadata.name} {.status.containerStatuses[0].state.terminated.exitCode}{"\\n"}';
    const watch = x('kubectl', ['get', 'pods', '--namespace', namespace, '--watch', '--output', `jsonpath=${path}`], {
      timeout: deadlineMs,
      nodeOptions: { env: { ...process.env, KUBECONFIG: tools.kubeconfig } },
    });
    return timed(async () => {
      const applying = run('kubectl', ['apply', '--namespace', namespace, '--filename', file], tools);
      const ended = new Set<string>();
      for await (const line of watch) {
        const [pod = '', exitCode] = line.trim().split(' ');
        if (exitCode === '0') ended.add(pod);
        if (ended.size === work.count) break;
      }
      watch.kill();
      await applying;
      if (ended.size < work.count) throw new Error(`Only ${ended.size} of ${work.count} suites ended well.`);
    });
  });

/** `kubesuite run`, from command start to the final verdict with all results in hand. */
export const kubesuiteRun: Contender = async ({ count, work }, tools) =>
  inNamespace(tools, async (namespace, folder) => {
    const library = join(tools.kubesuite, 'dist/index.js');
    await writeFile(join(folder, 'suites.config.ts'), `import { defineSuites } from '${library}';\nexport default defineSuites(${JSON.stringify(trivialSuites(count, work))});\n`);
    const started = performance.now();
    const child = x(process.execPath, [join(tools.kubesuite, 'bin/kubesuite.js'), 'run', '--namespace', namespace], {
      timeout: deadlineMs,
      nodeOptions: { cwd: folder, env: { ...process.env, KUBECONFIG: tools.kubeconfig, KUBESUITE_HELM: tools.helm, CI: 'true', NO_COLOR: '1' } },
    });
    let verdictAt: number | undefined;
    let output = '';
    for await (const line of child) {
      output += `${line}\n`;
      if (/^PASSED\b/.test(line)) verdictAt = performance.now();
    }
    if (verdictAt === undefined || !output.includes(`${count} passed`)) throw new Error(`kubesuite run did not pass ${count} suites:\n${output}`);
    return (verdictAt - started) / 1000;
  });

/** The same suites as test hooks of a chart, by `helm test`. */
export const helmTest: Contender = async (work, tools) =>
  inNamespace(tools, async (namespace, folder) => {
    const hooks = (await renderSuites(work, folder, namespace, tools))
      .filter(({ kind }) => kind === 'Job')
      .map(withoutCollector)
      .map((job) => ({ ...job, metadata: { ...job.metadata, annotations: { 'helm.sh/hook': 'test' } } }));
    const hookChart = join(folder, 'hooks');
    writeChart(
      hookChart,
      new Map([
        ['Chart.yaml', 'apiVersion: v2\nname: hooks\nversion: 0.1.0\n'],
        ['templates/jobs.yaml', hooks.map((hook) => stringify(hook)).join('---\n')],
      ]),
    );
    await run(tools.helm, ['install', 'hooks', hookChart, '--namespace', namespace], tools);
    return timed(async () => run(tools.helm, ['test', 'hooks', '--namespace', namespace, '--timeout', '500s'], tools));
  });

interface Manifest {
  readonly kind: string;
  readonly metadata: object;
  readonly spec: { readonly template: { readonly spec: Readonly<Record<string, unknown>> } };
}

/** Every object of the chart with these suites. */
async function renderSuites({ count, work }: Work, folder: string, namespace: string, tools: Tools): Promise<readonly Manifest[]> {
  const chart = join(folder, 'chart');
  writeChart(chart, renderChart(resolveTrivialSuites(count, work)));
  const rendered = await run(tools.helm, ['template', 'bench', chart, '--namespace', namespace, '--set-string', 'run.id=bench'], tools);
  return parseAllDocuments(rendered)
    .map((document) => document.toJS() as Manifest | null)
    .filter((object) => object !== null);
}

async function writeManifests(folder: string, objects: readonly object[]): Promise<string> {
  const file = join(folder, 'objects.yaml');
  await writeFile(file, objects.map((object) => stringify(object)).join('---\n'));
  return file;
}

function withoutCollector(job: Manifest): Manifest {
  const { initContainers: _collector, serviceAccountName: _account, ...spec } = job.spec.template.spec;
  return { ...job, spec: { ...job.spec, template: { ...job.spec.template, spec } } };
}

async function inNamespace(tools: Tools, measure: (namespace: string, folder: string) => Promise<number>): Promise<number> {
  const namespace = `bench-${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-bench-'));
  await run('kubectl', ['create', 'namespace', namespace], tools);
  await untilIdle();
  try {
    return await measure(namespace, folder);
  } finally {
    await run('kubectl', ['delete', 'namespace', namespace, '--wait'], tools);
    await rm(folder, { recursive: true });
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}

async function run(command: string, args: readonly string[], { kubeconfig }: Tools): Promise<string> {
  const output = await x(command, [...args], { timeout: deadlineMs, nodeOptions: { env: { ...process.env, KUBECONFIG: kubeconfig } } });
  if (output.exitCode !== 0) throw new Error(`${command} ${args[0] ?? ''} exited with ${output.exitCode}: ${output.stderr}`);
  return output.stdout;
}
