import { Option } from 'commander';
import { loadConfig } from '../../config/load.ts';
import { discoverRelease } from '../../run/discover-release.ts';
import { addClusterOptions, connect, type Connection } from '../cluster-options.ts';
import { cleanCommand } from '../command-lines.ts';
import type { ClusterOptions, CommandContext } from '../context.ts';
import { followToReport } from '../follow.ts';
import { exitCodes } from '../../run/exit-code.ts';
import { installRelease, prepareChart, refuseBusyRelease, type PreparedChart } from '../install-release.ts';
import { leaveOwnRelease } from '../leave-own-release.ts';
import { exitCodeAfter } from '../leave-release.ts';
import type { AddCommand } from '../program.ts';
import { addQueueTimeout, type QueueOptions } from '../queue-timeout.ts';
import { loadReporters, type CreateReporters } from '../load-reporters.ts';
import { addReportOptions, collect, type ReportOptions } from '../report-options.ts';
import { toPath, toReleaseName } from '../name-arguments.ts';
import { prepareOutputDir } from '../output-dir.ts';
import { createRunId } from '../run-id.ts';
import { runFromCronJobs } from '../run-from-cronjobs.ts';
import { findDeselected, refuseLeftOut, type Selection } from '../select-suites.ts';
import { addStartOptions, refuseWorkers, type StartOptions } from '../start-options.ts';
import { productionModeOf } from '../production-mode.ts';
import { refuseMissingValues } from '../values-files.ts';
import { addSelectionOptions, toSelection, type SelectionOptions } from '../selection-options.ts';

/** Helm has just talked to the API server: if it is away now, it comes back. */
const patienceMs = 60_000;

interface RunOptions extends ClusterOptions, QueueOptions, StartOptions, ReportOptions, SelectionOptions {
  readonly config?: string;
  readonly release?: string;
  readonly fromCronjob?: string;
  readonly values: readonly string[];
  readonly frozen?: boolean;
  readonly chart?: string;
  readonly keep?: boolean;
}

export const addRunCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('run')
    .description('Synthesizes the chart, installs it with a fresh run id, follows the suites, collects, reports and removes the release.')
    .argument('[suite...]', 'suites to run (default: all)')
    .option('--config <path>', 'config file (default: suites.config.ts)');
  addSelectionOptions(command, 'run')
    .option('--release <name>', "Helm release (default: the config's name)", toReleaseName)
    .option('--values <path>', 'values file for Helm (repeatable)', collect, [])
    .addOption(new Option('--frozen', 'install the committed chart and refuse a stale one').conflicts('chart'))
    .option('--chart <path>', 'install the chart in this folder as it is, such as that of a cdk8s app of your own', toPath)
    .option('--keep', 'leave the release in the cluster')
    .addOption(
      new Option('--from-cronjob <release>', 'start the suites of an installed release with trigger cronjob-template, and remove only the Jobs made').argParser(toReleaseName).conflicts([
        'config',
        'release',
        'values',
        'frozen',
        'chart',
      ]),
    );
  addReportOptions(addStartOptions(addQueueTimeout(addClusterOptions(command))))
    .addHelpText('after', '\nPRODUCTION_MODE=true switches image registry, pull policy and pull secrets to the production ones.')
    .action(async (suites: readonly string[], options: RunOptions) => exit(await run(suites, options, context)));
};

async function run(suites: readonly string[], options: RunOptions, context: CommandContext): Promise<number> {
  const selection = toSelection(suites, options);
  const reporters = await loadReporters(options, context);
  if (options.fromCronjob !== undefined) return runFromCronJobs(options.fromCronjob, selection, { ...options, reporters }, context);
  const prepared = await prepare(selection, options, context);
  try {
    return await installAndFollow(prepared, { ...options, reporters }, context);
  } finally {
    // After the release: a folder that cannot be removed must not keep it.
    await prepared.chart.dispose();
  }
}

interface PreparedRun {
  readonly connection: Connection;
  readonly release: string;
  readonly chart: PreparedChart;
  readonly disabled: readonly string[];
  /** Suites that were asked for by name. */
  readonly wanted: readonly string[];
  readonly productionMode: boolean | undefined;
  /** Whether there is such a release, which nobody waits for. */
  readonly exists: boolean;
}

/** Everything that can be refused, before anything is installed. */
async function prepare(selection: Selection, options: RunOptions, context: CommandContext): Promise<PreparedRun> {
  const { screen, env, cwd, signal } = context;
  const productionMode = productionModeOf(env);
  const { config } = await loadConfig(options.config, cwd);
  const disabled = findDeselected(config, selection);
  await refuseMissingValues(options.values, cwd);
  const connection = await connect(options, context);
  const release = options.release ?? config.name;
  const { namespace } = options;
  screen.write(`Cluster ${connection.server}, context ${connection.context}, namespace ${namespace}, release ${release}\n`);

  // A values file, or another chart, may change how suites start; else the config knows before anything is installed.
  if (options.values.length === 0 && options.chart === undefined) refuseWorkers(options, { controlled: config.start === 'controlled', run: { release } });
  await prepareOutputDir(options.outputDir, cwd);
  // Helm looks while the chart is made.
  const listed = connection.helm.status(release, namespace, signal);
  listed.catch(() => {});
  const chart = await prepareChart(config, options, cwd);
  try {
    const existing = await listed;
    if (existing !== undefined) await refuseBusyRelease(connection, { release, namespace }, existing.status, context);
    return { connection, release, chart, disabled, wanted: selection.suites, productionMode, exists: existing !== undefined };
  } catch (error) {
    await chart.dispose();
    throw error;
  }
}

async function installAndFollow(prepared: PreparedRun, options: RunOptions & { readonly reporters: CreateReporters }, context: CommandContext): Promise<number> {
  const { connection, release, chart, disabled, productionMode, exists, wanted } = prepared;
  const { namespace, reporters, outputDir, failOnFlaky, queueTimeout } = options;
  const { clock, signal } = context;
  const runId = createRunId(clock.now());
  let isInstalled = false;
  let exitCode: number = exitCodes.infrastructure;
  let isTidy = true;
  context.announceRemains(`Left at once: release '${release}' may remain; remove it with: ${cleanCommand({ release, namespace }, connection)}\n`);
  try {
    const installing = installRelease(connection, context, { release, namespace, chart: chart.path, runId, disabled, valuesFiles: options.values, productionMode, exists });
    // Importing the client takes as long as Helm: side by side.
    const connecting = connection.cluster();
    connecting.catch(() => {});
    await installing;
    isInstalled = true;
    const cluster = await connecting;
    const discovered = await discoverRelease(cluster, clock, release, namespace, { signal, patienceMs });
    refuseLeftOut(wanted, discovered);
    exitCode = (await followToReport({ release: discovered, cluster, reporters, outputDir, failOnFlaky, queueTimeoutSeconds: queueTimeout, start: options }, context)).exitCode;
  } finally {
    // What was there before, and was not changed, is not ours to remove.
    if (isInstalled || !exists) isTidy = await leaveOwnRelease(connection, { release, namespace, runId, isInstalled }, options, context);
    context.announceRemains('');
  }
  return exitCodeAfter(exitCode, isTidy);
}
