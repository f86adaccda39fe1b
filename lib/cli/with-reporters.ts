import type { RunFolder } from '../ports/files.ts';
import { Multiplexer } from '../reporters/multiplexer.ts';
import { oneLine, sanitize } from '../reporters/render/sanitize.ts';
import type { CommandContext } from './context.ts';
import type { CreateReporters } from './load-reporters.ts';

/** Makes the reporters of a run, takes what they leave to nobody for as long as `use` lasts, and tells at its end what they threw, in a line each. */
export async function withReporters<T>(create: CreateReporters, folder: RunFolder, { clock, stderr, listenToStrays }: CommandContext, use: (reporter: Multiplexer) => Promise<T>): Promise<T> {
  const reporter = new Multiplexer(await create(folder), clock);
  const stopListening = listenToStrays((error) => reporter.takeStray(error));
  try {
    return await use(reporter);
  } finally {
    stopListening();
    for (const { message } of reporter.errors) stderr(`error: ${oneLine(sanitize(message))}\n`);
  }
}
