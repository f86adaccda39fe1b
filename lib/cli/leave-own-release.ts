import type { Connection } from './cluster-options.ts';
import { cleanCommand } from './command-lines.ts';
import type { CommandContext } from './context.ts';
import { explainError } from './explain-error.ts';
import { leaveRelease } from './leave-release.ts';
import { ownsRelease, type OwnRelease } from './owns-release.ts';

/** Also after a failure or Ctrl+C: what a run made, it removes, and nothing else. Gives whether nothing is left that should not be. */
export async function leaveOwnRelease(connection: Connection, own: OwnRelease, { keep = false }: { readonly keep?: boolean }, context: CommandContext): Promise<boolean> {
  const { screen, signal, stderr } = context;
  const { release, namespace, isInstalled } = own;
  try {
    if (!(await ownsRelease(connection, own, context))) {
      if (isInstalled) stderr(`Release '${release}' was installed anew meanwhile, by another run: it is left to that one.\n`);
      else if (signal.aborted) screen.write(`Interrupted before release ${release} was installed.\n`);
      return true;
    }
  } catch (error) {
    stderr(`${explainError(error)}If release '${release}' is of this run, remove it with: ${cleanCommand(own, connection)}\n`);
    return false;
  }
  if (keep) {
    screen.write(`Release ${release} is kept; remove it with: ${cleanCommand(own, connection)}\n`);
    return true;
  }
  const hurry = signal.aborted;
  if (hurry) screen.write(`Removing release ${release} ...\n`);
  const isTidy = await leaveRelease(connection, { release, namespace, hurry }, context);
  if (hurry && isTidy) screen.write(`Removed release ${release}.\n`);
  return isTidy;
}
