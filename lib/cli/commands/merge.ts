import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalRunFolder } from '../../adapters/run-folder.ts';
import { KubesuiteError } from '../../errors.ts';
import { mergeRuns } from '../../run/merge/merge-runs.ts';
import { runFiles } from '../../run/run-folder-layout.ts';
import { chooseRunFolder } from '../choose-run-folder.ts';
import { loadReporters } from '../load-reporters.ts';
import { readMergeSource, type FoundSource } from '../merge-source.ts';
import type { AddCommand } from '../program.ts';
import { replay } from '../replay.ts';
import { addReportOptions, type ReportOptions } from '../report-options.ts';

export const addMergeCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('merge')
    .description('Merges runs into one, with its own folder, report and exit code: the jobs of a pipeline, or a run and what ran again after it.')
    .argument('<run...>', 'blobs, run ids or folders of runs; label=RUN puts a label before the names of its suites');
  addReportOptions(command).action(async (runs: readonly string[], options: ReportOptions) => {
    const reporters = await loadReporters(options, context);
    const sources = await Promise.all(runs.map(async (run) => readMergeSource(run, options.outputDir, context.cwd)));
    const { events, files } = mergeRuns(sources);
    const [started] = events;
    const root = await chooseRunFolder(resolve(context.cwd, options.outputDir, 'runs'), started.run);
    refuseItself(root, sources);
    const folder = new LocalRunFolder(root);
    for (const [index, source] of sources.entries()) {
      const targets = files[index] ?? new Map<string, string>();
      for await (const { path, content } of source.files([...targets.keys()])) await folder.write(targets.get(path) ?? path, content);
    }
    // Last: a folder that is missing files must not pass for a run.
    await folder.write(runFiles.events, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    exit(await replay({ events, folder, reporters, rules: options }, context));
  });
};

/** One run alone keeps its id: in its own folder its event log would be replaced by a shorter one. */
function refuseItself(target: string, sources: readonly FoundSource[]): void {
  const itself = sources.find(({ root }) => root !== undefined && existsSync(target) && realpathSync(root) === realpathSync(target));
  if (itself === undefined) return;
  throw new KubesuiteError('USAGE', `There is nothing to merge: ${itself.name} is the only one, and ${target} is its folder.`, { hint: `write its reports with: kubesuite report ${itself.root}` });
}
