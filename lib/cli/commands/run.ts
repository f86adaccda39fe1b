import { loadConfig } from '../../config/load.ts';
import { discoverRelease } from '../../run/discover-release.ts';
import { addClusterOptions, connect, type Connection } from '../cluster-options.ts';
import type { ClusterOptions, CommandContext } from '../context.ts';
import { followToReport } from '../follow.ts';
import { installRelease, refuseBusyRelease } from '../install-release.ts';
import type { AddCommand } from '../program.ts';
import { removeRelease } from '../remove-release.ts';
import { addReportOptions, type ReportOptions } from '../report-options.ts';
import { createRunId } from '../run-id.ts';
import { findDeselected } from '../select-suites.ts';

interface RunOptions extends ClusterOptions, ReportOptions {
  readonly config?: string;
  readonly release?: string;
  readonly type: readonly string[];
  readonly tag: readonly string[];
  readonly values: readonly string[];
  readonly frozen?: boolean;
  readonly keep?: boolean;
}

export const addRunCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('run')
    .description('Synthesizes the chart, installs it with a fresh run id, follows the suites, collects, reports and removes the release.')
    .argument('[suite...]', 'suites to run (default: all)')
    .option('--config <path>', 'config file (default: suites.config.ts)')
    .option('--type <name...>', 'run only suites of these types', [])
    .option('--tag <name...>', 'run only suites with one of these tags', [])
    .option('--release <name>', "Helm release (default: the config's name)")
    .option('--values <path...>', 'values files for Helm', [])
    .option('--frozen', 'install the committed chart and refuse a stale one')
    .option('--keep', 'leave the release in the cluster');
  addReportOptions(addClusterOptions(command))
    .addHelpText('after', '\nPRODUCTION_MODE=true switches image registry, pull policy and pull secrets to the production ones.')
    .action(async (suites: readonly string[], options: RunOptions) => exit(await run(suites, options, context)));
};

async function run(suites: readonly string[], options: RunOptions, context: CommandContext): Promise<number> {
  const { clock, screen, env, cwd } = context;
  const { config } = await loadConfig(options.config, cwd);
  const disabled = findDeselected(config, { suites, types: options.type, tags: options.tag });
  const connection = connect(options, context);
  const release = options.release ?? config.name;
  const { namespace } = options;
  screen.write(`Cluster ${connection.cluster.server}, context ${connection.cluster.context}, namespace ${namespace}, release ${release}\n`);
  await refuseBusyRelease(connection, release, namespace);

  try {
    await installRelease(connection, context, {
      config,
      release,
      namespace,
      runId: createRunId(clock.now()),
      disabled,
      valuesFiles: options.values,
      frozen: options.frozen === true,
      productionMode: env['PRODUCTION_MODE'] === 'true',
    });
    const discovered = await discoverRelease(connection.cluster, release, namespace);
    const report = await followToReport(
      { release: discovered, cluster: connection.cluster, reporters: options.reporter, outputDir: options.outputDir },
      context,
    );
    return report.exitCode;
  } finally {
    await leave(connection, release, options, context);
  }
}

/** Also after a failure or Ctrl+C: what a run made, it removes. */
async function leave(connection: Connection, release: string, { keep, namespace }: RunOptions, { clock, screen, signal }: CommandContext): Promise<void> {
  if (keep) {
    screen.write(`Release ${release} is kept; remove it with: kubesuite clean ${release} --namespace ${namespace}\n`);
    return;
  }
  if (signal.aborted) screen.write(`Removing release ${release}; pods have up to 30 s to end ...\n`);
  await removeRelease(connection, release, namespace, clock);
}
