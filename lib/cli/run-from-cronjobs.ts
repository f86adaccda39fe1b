import type { QueueOptions } from './queue-timeout.ts';
import { exitCodes } from '../run/exit-code.ts';
import { readCronJobRelease, runSelector, startRun, type CronJobRelease } from '../run/cronjob-run.ts';
import type { Cluster } from '../ports/cluster.ts';
import { connect } from './cluster-options.ts';
import { deleteJobsCommand } from './command-lines.ts';
import type { ClusterOptions, CommandContext } from './context.ts';
import { explainError } from './explain-error.ts';
import { followToReport } from './follow.ts';
import { exitCodeAfter } from './leave-release.ts';
import { removeObjects } from './remove-objects.ts';
import type { CreateReporters } from './load-reporters.ts';
import type { ReportOptions } from './report-options.ts';
import { prepareOutputDir } from './output-dir.ts';
import { createRunId } from './run-id.ts';
import { findDeselected, type Selection } from './select-suites.ts';
import type { StartOptions } from './start-options.ts';

export interface CronJobRunOptions extends QueueOptions, StartOptions, ClusterOptions, ReportOptions {
  readonly keep?: boolean;
  readonly reporters: CreateReporters;
}

/** Runs the suites of a release that are suspended CronJobs; removes the Jobs that it made, and nothing else. */
export async function runFromCronJobs(name: string, selection: Selection, options: CronJobRunOptions, context: CommandContext): Promise<number> {
  const { clock, screen } = context;
  const { namespace } = options;
  const connection = await connect(options, context);
  const cluster = await connection.cluster();
  screen.write(`Cluster ${cluster.server}, context ${cluster.context}, namespace ${namespace}, CronJobs of release ${name}\n`);
  const release = await readCronJobRelease(cluster, name, namespace);
  const templates = select(release, selection);
  await prepareOutputDir(options.outputDir, context.cwd);
  const runId = createRunId(clock.now());
  const selector = runSelector(name, runId);
  let exitCode: number = exitCodes.infrastructure;
  let isTidy = true;
  const command = deleteJobsCommand(selector, namespace, connection);
  context.announceRemains(`Left at once: Jobs may remain; remove them with: ${command}\n`);
  try {
    const started = await startRun(cluster, release, templates, runId);
    exitCode = (await followToReport({ release: started, cluster, reporters: options.reporters, outputDir: options.outputDir, failOnFlaky: options.failOnFlaky, queueTimeoutSeconds: options.queueTimeout, start: options }, context)).exitCode;
  } finally {
    isTidy = await leave(cluster, { selector, command }, options, context);
    context.announceRemains('');
  }
  return exitCodeAfter(exitCode, isTidy);
}

function select({ templates }: CronJobRelease, selection: Selection): CronJobRelease['templates'] {
  const suites = new Map(templates.map(({ contract: { suite, type, tags } }) => [suite, { name: suite, type, tags }]));
  const types = Object.fromEntries([...suites.values()].map(({ type }) => [type, type]));
  const deselected = findDeselected({ suites: [...suites.values()], types }, selection);
  return templates.filter(({ contract }) => !deselected.includes(contract.suite));
}

interface Removal {
  /** Matches the Jobs that were made. */
  readonly selector: string;
  /** What removes them by hand. */
  readonly command: string;
}

/** Says a failure and does not throw it: it must not hide what became of the run. */
async function leave(cluster: Cluster, { selector, command }: Removal, { keep, namespace }: CronJobRunOptions, context: CommandContext): Promise<boolean> {
  if (keep) {
    context.screen.write(`The Jobs are kept; remove them with: ${command}\n`);
    return true;
  }
  const remove = async (): Promise<void> => cluster.deleteJobs(namespace, selector);
  try {
    await removeObjects(cluster, { what: 'The Jobs of the run are deleted', namespace, selector, hurry: context.signal.aborted, remove }, context);
    return true;
  } catch (error) {
    context.stderr(explainError(error));
    context.stderr(`Not all Jobs of the run were removed. Remove them with: ${command}\n`);
    return false;
  }
}
