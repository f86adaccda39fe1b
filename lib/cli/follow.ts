import { resolve } from 'node:path';
import { LocalRunFolder } from '../adapters/run-folder.ts';
import type { Cluster } from '../ports/cluster.ts';
import { AttemptCollector } from '../run/attempt-collector.ts';
import { EvidenceCollector } from '../run/evidence/evidence-collector.ts';
import type { DiscoveredRelease } from '../run/discover-release.ts';
import type { RunReport } from '../run/report.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { followRelease } from '../run/runner.ts';
import { toRunReport } from '../run/to-report.ts';
import { chooseRunFolder } from './choose-run-folder.ts';
import type { CommandContext } from './context.ts';
import type { CreateReporters } from './load-reporters.ts';
import { createRunObserver } from './run-observer.ts';
import { refuseWorkers, type StartOptions } from './start-options.ts';
import { withReporters } from './with-reporters.ts';

export interface FollowedRelease {
  readonly release: DiscoveredRelease;
  readonly cluster: Cluster;
  readonly reporters: CreateReporters;
  readonly queueTimeoutSeconds?: number | undefined;
  readonly start: StartOptions;
  /** Folder of all runs, relative to the working directory. */
  readonly outputDir: string;
  readonly failOnFlaky?: boolean | undefined;
}

/** Follows a release to its end, through the chosen reporters and into its run folder. */
export async function followToReport(followed: FollowedRelease, context: CommandContext): Promise<RunReport> {
  const { release, cluster, outputDir } = followed;
  const { clock, signal } = context;
  refuseWorkers(followed.start, release);
  const folder = new LocalRunFolder(await chooseRunFolder(resolve(context.cwd, outputDir, 'runs'), release.run));
  await folder.write(runFiles.events, '');
  return withReporters(followed.reporters, folder, context, async (reporter) => {
    const observer = createRunObserver(reporter, folder, followed);
    const collector = new AttemptCollector({ cluster, clock, folder, namespace: release.run.namespace });
    const evidence = new EvidenceCollector({ cluster, clock, folder, namespace: release.run.namespace });
    const state = await followRelease({ release, cluster, clock, collector, evidence, observer, signal, queueTimeoutSeconds: followed.queueTimeoutSeconds, bail: followed.start.bail, maxWorkers: followed.start.maxWorkers, liveTests: context.screen.interactive });
    return reporter.conclude(toRunReport(state, followed));
  });
}
