import type { RunFolder } from '../ports/files.ts';
import type { Multiplexer } from '../reporters/multiplexer.ts';
import { Narrator } from '../reporters/narrator.ts';
import { EventLog } from '../run/event-log.ts';
import type { RunEvent } from '../run/events.ts';
import type { ExitRules } from '../run/exit-code.ts';
import type { RunObserver } from '../run/runner.ts';

/** Keeps the events of a run in its folder and tells reporters what they mean: its end also when the folder takes no more. */
export function createRunObserver(reporter: Multiplexer, folder: RunFolder, rules: ExitRules): RunObserver {
  const narrator = new Narrator(reporter, rules);
  const log = new EventLog(folder);

  async function end(event: RunEvent): Promise<void> {
    try {
      log.append(event);
      await log.flush();
    } catch (error) {
      await reporter.onError({ message: (error as Error).message });
      await narrator.handle(event);
      throw error;
    }
    await narrator.handle(event);
  }

  return {
    async handle(event) {
      if (event.type === 'run-ended') return end(event);
      log.append(event);
      await narrator.handle(event);
    },
    tick: async (now) => reporter.onTick(now),
    get state() {
      return narrator.state;
    },
    get settled() {
      return narrator.settled;
    },
  };
}
