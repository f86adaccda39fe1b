import { labels } from '../constructs/labels.ts';
import { nameSome } from '../name-some.ts';
import { exitCodes } from '../run/exit-code.ts';
import type { Connection } from './cluster-options.ts';
import { cleanCommand } from './command-lines.ts';
import type { CommandContext } from './context.ts';
import { explainError } from './explain-error.ts';
import { removeRelease, type Removal } from './remove-release.ts';

/**
 * Removes what a run made. A failure is said, with what is left and how to remove it, and not thrown:
 * it must not hide what became of the run.
 * @returns whether nothing is left
 */
export async function leaveRelease(connection: Connection, removal: Removal, context: CommandContext): Promise<boolean> {
  try {
    await removeRelease(connection, removal, context);
    return true;
  } catch (error) {
    context.stderr(explainError(error));
    context.stderr(`Release '${removal.release}' was not removed. ${await describeRest(connection, removal)}\nRemove it with: ${cleanCommand(removal, connection)}\n`);
    return false;
  }
}

/** A run that passed and has left behind what it should not have is no success. */
export function exitCodeAfter(exitCode: number, isTidy: boolean): number {
  return exitCode === exitCodes.passed && !isTidy ? exitCodes.infrastructure : exitCode;
}

async function describeRest(connection: Connection, { release, namespace }: Removal): Promise<string> {
  try {
    const cluster = await connection.cluster();
    const { names } = await cluster.listAll(namespace, `${labels.release}=${release}`);
    return `Left in namespace '${namespace}': ${nameSome(names) || "no labelled object; Helm's own record may be"}.`;
  } catch {
    return `What is left in namespace '${namespace}' could not be listed.`;
  }
}
