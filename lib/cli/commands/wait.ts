import type { AddCommand } from '../program.ts';
import { addClusterOptions, connect } from '../cluster-options.ts';
import type { ClusterOptions } from '../context.ts';
import { followToReport } from '../follow.ts';
import { toReleaseName, toRunId } from '../name-arguments.ts';
import { addQueueTimeout, type QueueOptions } from '../queue-timeout.ts';
import { loadReporters } from '../load-reporters.ts';
import { prepareOutputDir } from '../output-dir.ts';
import { addReportOptions, type ReportOptions } from '../report-options.ts';
import { addStartOptions, type StartOptions } from '../start-options.ts';
import { discoverRelease } from '../../run/discover-release.ts';

interface WaitOptions extends ClusterOptions, QueueOptions, StartOptions, ReportOptions {
  readonly runId?: string;
}

export const addWaitCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('wait')
    .description('Waits for an installed release, starts its suites if it holds them back, collects its results and reports: for a chart installed by Helm or Argo CD, or after a killed run.')
    .argument('<release>', 'name of the Helm release', toReleaseName)
    .option('--run-id <id>', 'wait up to 10 min until the release is of this run: for what a GitOps controller installs (default: the run that is installed)', toRunId);
  addReportOptions(addStartOptions(addQueueTimeout(addClusterOptions(command)))).action(async (name: string, options: WaitOptions) => {
    const reporters = await loadReporters(options, context);
    const cluster = await (await connect(options, context)).cluster();
    const release = await discoverRelease(cluster, context.clock, name, options.namespace, { signal: context.signal, announce: context.stderr, runId: options.runId });
    await prepareOutputDir(options.outputDir, context.cwd);
    const report = await followToReport({ release, cluster, reporters, outputDir: options.outputDir, failOnFlaky: options.failOnFlaky, queueTimeoutSeconds: options.queueTimeout, start: options }, context);
    exit(report.exitCode);
  });
};
