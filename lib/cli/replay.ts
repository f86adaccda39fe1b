import type { RunFolder } from '../ports/files.ts';
import { Narrator } from '../reporters/narrator.ts';
import type { RunEvent } from '../run/events.ts';
import type { ExitRules } from '../run/exit-code.ts';
import { toRunReport } from '../run/to-report.ts';
import type { CommandContext } from './context.ts';
import type { CreateReporters } from './load-reporters.ts';
import { withReporters } from './with-reporters.ts';

export interface ReplayedRun {
  readonly events: readonly RunEvent[];
  readonly folder: RunFolder;
  readonly reporters: CreateReporters;
  readonly rules: ExitRules;
}

/** Tells events to reporters. Returns the exit code of the run. */
export async function replay({ events, folder, reporters, rules }: ReplayedRun, context: CommandContext): Promise<number> {
  return withReporters(reporters, folder, context, async (reporter) => {
    const narrator = new Narrator(reporter, rules);
    // A run has one end, whatever somebody has written behind it.
    const end = events.findIndex(({ type }) => type === 'run-ended');
    for (const event of end === -1 ? events : events.slice(0, end + 1)) await narrator.handle(event);
    // The log of a killed run has no end.
    const last = events.at(-1);
    if (last !== undefined && end === -1) await narrator.handle({ type: 'run-ended', at: last.at });
    return reporter.conclude(toRunReport(narrator.state, rules)).exitCode;
  });
}
