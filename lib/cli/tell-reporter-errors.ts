import type { Multiplexer } from '../reporters/multiplexer.ts';
import { oneLine, sanitize } from '../reporters/render/sanitize.ts';
import type { CommandContext } from './context.ts';

/** What reporters threw, in a line each. */
export function tellReporterErrors({ errors }: Multiplexer, { stderr }: CommandContext): void {
  for (const { message } of errors) stderr(`error: ${oneLine(sanitize(message))}\n`);
}
