import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readEventLog } from '../../adapters/event-log.ts';
import { LocalRunFolder } from '../../adapters/run-folder.ts';
import { KubesuiteError } from '../../errors.ts';
import { Multiplexer } from '../../reporters/multiplexer.ts';
import { Narrator } from '../../reporters/narrator.ts';
import { runFiles } from '../../run/run-folder-layout.ts';
import { toRunReport } from '../../run/to-report.ts';
import type { CommandContext } from '../context.ts';
import type { AddCommand } from '../program.ts';
import { loadReporters } from '../load-reporters.ts';
import { addReportOptions, type ReportOptions } from '../report-options.ts';

export const addReportCommand: AddCommand = (program, context, exit) => {
  const command = program
    .command('report')
    .description('Replays the events of a run through reporters, with the exit code of the run.')
    .argument('<run>', 'run id, or the folder of a run');
  addReportOptions(command).action(async (run: string, options: ReportOptions) => {
    const root = findRun(run, options.outputDir, context);
    const folder = new LocalRunFolder(root);
    const reporter = new Multiplexer(await (await loadReporters(options, context))(folder));
    const narrator = new Narrator(reporter, options);
    const events = await readEventLog(resolve(root, runFiles.events));
    for (const event of events) await narrator.handle(event);
    // The log of a killed run has no end.
    const last = events.at(-1);
    if (last !== undefined && last.type !== 'run-ended') await narrator.handle({ type: 'run-ended', at: last.at });
    for (const { message } of reporter.errors) context.stderr(`A reporter failed: ${message}\n`);
    exit(reporter.conclude(toRunReport(narrator.state, options)).exitCode);
  });
};

function findRun(run: string, outputDir: string, { cwd }: CommandContext): string {
  const places = [resolve(cwd, outputDir, 'runs', run), resolve(cwd, run)];
  const found = places.find((place) => existsSync(resolve(place, runFiles.events)));
  if (found === undefined) {
    throw new KubesuiteError('RUN_UNKNOWN', `There is no run '${run}': no ${runFiles.events} in ${places.join(' or ')}.`, {
      hint: `name a folder under ${outputDir}/runs`,
    });
  }
  return found;
}
