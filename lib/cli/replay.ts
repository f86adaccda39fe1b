import type { RunFolder } from '../ports/files.ts';
import { Multiplexer } from '../reporters/multiplexer.ts';
import { Narrator } from '../reporters/narrator.ts';
import type { RunEvent } from '../run/events.ts';
import type { ExitRules } from '../run/exit-code.ts';
import { toRunReport } from '../run/to-report.ts';
import type { CommandContext } from './context.ts';
import type { CreateReporters } from './load-reporters.ts';
import { tellReporterErrors } from './tell-reporter-errors.ts';

export interface ReplayedRun {
  readonly events: readonly RunEvent[];
  readonly folder: RunFolder;
  readonly reporters: CreateReporters;
  readonly rules: ExitRules;
}

/** Tells events to reporters. Returns the exit code of the run. */
export async function replay({ events, folder, reporters, rules }: ReplayedRun, context: CommandContext): Promise<number> {
  const reporter = new Multiplexer(await reporters(folder), context.clock);
  const stopListening = context.listenToStrays((error) => reporter.takeStray(error));
  const narrator = new Narrator(reporter, rules);
  // A run has one end, whatever somebody has written behind it.
  const end = events.findIndex(({ type }) => type === 'run-ended');
  for (const event of end === -1 ? events : events.slice(0, end + 1)) await narrator.handle(event);
  // The log of a killed run has no end.
  const last = events.at(-1);
  if (last !== undefined && end === -1) await narrator.handle({ type: 'run-ended', at: last.at });
  stopListening();
  tellReporterErrors(reporter, context);
  return reporter.conclude(toRunReport(narrator.state, rules)).exitCode;
}
