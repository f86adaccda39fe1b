import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { V1Job } from '@kubernetes/client-node';
import { checkChart } from '../chart/check.ts';
import { renderChart } from '../chart/render.ts';
import { writeChart } from '../chart/write.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Connection } from './cluster-options.ts';
import { holdsChart } from './chart-folder.ts';
import { cleanCommand, waitCommand, type ReleasePlace } from './command-lines.ts';
import type { CommandContext } from './context.ts';
import { refuseForeignRelease } from './refuse-foreign-release.ts';

export interface InstallRequest {
  readonly release: string;
  readonly namespace: string;
  /** Folder of the chart. */
  readonly chart: string;
  readonly runId: string;
  /** Suites to leave out. */
  readonly disabled: readonly string[];
  readonly valuesFiles: readonly string[];
  /** Absent: as the values files and the chart say. */
  readonly productionMode: boolean | undefined;
  /** Whether there is such a release, which nobody waits for. */
  readonly exists: boolean;
}

/** Installs the chart with a run id. */
export async function installRelease({ helm }: Connection, context: CommandContext, request: InstallRequest): Promise<void> {
  const { disabled, runId, productionMode, ...install } = request;
  await helm.install({
    ...install,
    description: `${ownDescription} ${runId}`,
    values: {
      'run.id': runId,
      // Whatever starts an installed chart: here it is the install.
      trigger: 'job',
      ...(productionMode !== undefined && { productionMode }),
      ...Object.fromEntries(disabled.map((suite) => [`suites.${suite}.enabled`, false])),
    },
    signal: context.signal,
  });
}

/** Tells the releases of runs from those that somebody installed to keep. */
const ownDescription = 'kubesuite run';

/** Of a run that was kept: its verdicts come before its collectors have ended, and Kubernetes notices that some time later. */
const lastEndsMs = 5000;
const pollMs = 500;

/** Refuses to disturb a run that somebody else is waiting for, and what is no run. */
export async function refuseBusyRelease(connection: Connection, place: ReleasePlace, helmStatus: string, { clock, signal }: Pick<CommandContext, 'clock' | 'signal'>): Promise<void> {
  const { release, namespace } = place;
  const trigger = await refuseForeignRelease(connection, place);
  if (trigger === 'cronjob-template') {
    throw new KubesuiteError('RELEASE_BUSY', `Release '${release}' in namespace '${namespace}' holds suites that are started by hand (trigger: cronjob-template): this run would replace and then remove them.`, {
      hint: `start them (kubesuite run --from-cronjob ${release} --namespace ${namespace} ${connection.flags}), or choose another --release`,
    });
  }
  const cluster = await connection.cluster();
  const listJobs = async () => cluster.listJobs(namespace, `${labels.release}=${release}`);
  const until = clock.now().getTime() + lastEndsMs;
  let jobs = await listJobs();
  while (jobs.some(isRunning) && !signal.aborted && clock.now().getTime() < until) {
    await clock.sleep(pollMs, signal);
    jobs = await listJobs();
  }
  const running = jobs.filter(isRunning);
  if (running.length === 0) {
    if (helmStatus === 'deployed') await refuseKeptRelease(connection, place);
    if (!helmStatus.startsWith('pending-')) return;
    throw new KubesuiteError('RELEASE_BUSY', `Release '${release}' in namespace '${namespace}' is ${helmStatus}: Helm still works on it, or was killed while it did.`, {
      hint: `when nobody installs it now, remove it: ${cleanCommand(place, connection)}`,
    });
  }
  throw new KubesuiteError('RELEASE_BUSY', `Release '${release}' in namespace '${namespace}' still runs ${running.length} of ${jobs.length} Jobs.`, {
    hint: `wait for it (${waitCommand(place, connection)}), remove it (${cleanCommand(place, connection)}) or choose another --release`,
  });
}

async function refuseKeptRelease(connection: Connection, place: ReleasePlace): Promise<void> {
  const { release, namespace } = place;
  if ((await connection.helm.readDescription(release, namespace)).startsWith(ownDescription)) return;
  throw new KubesuiteError('RELEASE_BUSY', `Release '${release}' in namespace '${namespace}' was not installed by \`kubesuite run\`: this run would replace and then remove it.`, {
    hint: `read its results (${waitCommand(place, connection)}), remove it (${cleanCommand(place, connection)}) or choose another --release`,
  });
}

function isRunning({ status }: V1Job): boolean {
  return !status?.conditions?.some(({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True');
}

export interface PreparedChart {
  readonly path: string;
  dispose(): Promise<void>;
}

export interface ChartOptions {
  /** Whether the committed chart is to be installed, and only if it is what the config says. */
  readonly frozen?: boolean;
  /** Folder of a chart that is installed as it is. */
  readonly chart?: string;
}

/** A fresh chart in a temporary folder, unless the options want one that is there. */
export async function prepareChart(config: ResolvedConfig, { frozen = false, chart }: ChartOptions, cwd: string): Promise<PreparedChart> {
  if (chart !== undefined) {
    const path = resolve(cwd, chart);
    if (!holdsChart(path)) throw new KubesuiteError('CHART_FOLDER', `--chart must name the folder of a Helm chart; there is no Chart.yaml in ${path}.`, { hint: 'write the chart first: node main.ts' });
    return { path, dispose: async () => {} };
  }
  const files = renderChart(config);
  if (frozen) {
    const path = resolve(cwd, 'charts', config.name);
    if (!holdsChart(path)) {
      throw new KubesuiteError('CHART_STALE', `There is no chart in charts/${config.name} to install.`, { hint: 'run `kubesuite synth` and commit the result' });
    }
    const stale = checkChart(path, files);
    if (stale !== '') {
      throw new KubesuiteError('CHART_STALE', `The committed chart charts/${config.name} is not what the config says:\n${stale}`, {
        hint: 'run `kubesuite synth` and commit the result',
      });
    }
    return { path, dispose: async () => {} };
  }
  const path = await mkdtemp(join(tmpdir(), 'kubesuite-chart-'));
  const dispose = async (): Promise<void> => rm(path, { recursive: true, force: true });
  try {
    writeChart(path, files);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path, dispose };
}
