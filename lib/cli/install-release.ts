import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkChart } from '../chart/check.ts';
import { renderChart } from '../chart/render.ts';
import { writeChart } from '../chart/write.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Connection } from './cluster-options.ts';
import type { CommandContext } from './context.ts';

export interface InstallRequest {
  readonly config: ResolvedConfig;
  readonly release: string;
  readonly namespace: string;
  readonly runId: string;
  /** Suites to leave out. */
  readonly disabled: readonly string[];
  readonly valuesFiles: readonly string[];
  /** Install the committed chart instead of a fresh one. */
  readonly frozen: boolean;
  readonly productionMode: boolean;
}

/** Installs the chart with a run id. A release whose suites still run is left alone. */
export async function installRelease({ helm }: Connection, context: CommandContext, request: InstallRequest): Promise<void> {
  const { release, namespace, runId, disabled, productionMode, valuesFiles } = request;
  const chart = await prepareChart(request, context.cwd);
  try {
    await helm.install({
      release,
      chart: chart.path,
      namespace,
      valuesFiles,
      values: {
        'run.id': runId,
        productionMode,
        ...Object.fromEntries(disabled.map((suite) => [`suites.${suite}.enabled`, false])),
      },
      signal: context.signal,
    });
  } finally {
    await chart.dispose();
  }
}

/** Refuses to disturb a run that somebody else is waiting for. */
export async function refuseBusyRelease({ cluster }: Connection, release: string, namespace: string): Promise<void> {
  const jobs = await cluster.listJobs(namespace, `${labels.release}=${release}`);
  const running = jobs.filter(({ status }) => (status?.active ?? 0) > 0);
  if (running.length === 0) return;
  throw new KubesuiteError('RELEASE_BUSY', `Release '${release}' in namespace '${namespace}' still runs ${running.length} of ${jobs.length} Jobs.`, {
    hint: `wait for it (kubesuite wait ${release} -n ${namespace}), remove it (kubesuite clean ${release} -n ${namespace}) or choose another --release`,
  });
}

interface PreparedChart {
  readonly path: string;
  dispose(): Promise<void>;
}

async function prepareChart({ config, frozen }: InstallRequest, cwd: string): Promise<PreparedChart> {
  const files = renderChart(config);
  if (frozen) {
    const path = resolve(cwd, 'charts', config.name);
    const stale = await checkChart(path, files);
    if (stale !== '') {
      throw new KubesuiteError('CHART_STALE', `The committed chart charts/${config.name} is not what the config says:\n${stale}`, {
        hint: 'run `kubesuite synth` and commit the result',
      });
    }
    return { path, dispose: async () => {} };
  }
  const path = await mkdtemp(join(tmpdir(), 'kubesuite-chart-'));
  await writeChart(path, files);
  return { path, dispose: async () => rm(path, { recursive: true, force: true }) };
}
