import type { AddCommand } from '../program.ts';
import { addClusterOptions, connect } from '../cluster-options.ts';
import type { ClusterOptions } from '../context.ts';
import { followToReport } from '../follow.ts';
import { addReportOptions, type ReportOptions } from '../report-options.ts';
import { discoverRelease } from '../../run/discover-release.ts';

export const addWaitCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('wait')
    .description('Waits for an installed release, collects its results and reports: for a chart installed by Helm or Argo CD, or after a killed run.')
    .argument('<release>', 'name of the Helm release');
  addReportOptions(addClusterOptions(command)).action(async (name: string, options: ClusterOptions & ReportOptions) => {
    const cluster = await (await connect(options, context)).cluster();
    const release = await discoverRelease(cluster, context.clock, name, options.namespace);
    const report = await followToReport({ release, cluster, reporters: options.reporter, outputDir: options.outputDir, queueTimeoutSeconds: options.queueTimeout }, context);
    exit(report.exitCode);
  });
};
