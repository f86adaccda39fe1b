import { resolve } from 'node:path';
import { readEventLog } from '../../adapters/event-log.ts';
import { LocalRunFolder } from '../../adapters/run-folder.ts';
import { runFiles } from '../../run/run-folder-layout.ts';
import { findRun } from '../find-run.ts';
import { loadReporters } from '../load-reporters.ts';
import type { AddCommand } from '../program.ts';
import { replay } from '../replay.ts';
import { addReportOptions, type ReportOptions } from '../report-options.ts';

export const addReportCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('report')
    .description('Replays the events of a run through reporters, with the exit code of the run.')
    .argument('<run>', 'run id, or the folder of a run');
  addReportOptions(command).action(async (run: string, options: ReportOptions) => {
    const reporters = await loadReporters(options, context);
    const root = findRun(run, options.outputDir, context.cwd);
    const events = await readEventLog(resolve(root, runFiles.events));
    exit(await replay({ events, folder: new LocalRunFolder(root), reporters, rules: options }, context));
  });
};
