import { KubesuiteError } from '../errors.ts';
import { readInstalledSuites } from '../run/suite-set.ts';
import { askHelmPatiently } from './ask-helm-patiently.ts';
import type { Connection } from './cluster-options.ts';
import type { ReleasePlace } from './command-lines.ts';
import type { CommandContext } from './context.ts';

export interface OwnRelease extends ReleasePlace {
  readonly runId: string;
  /** Whether Helm came to its end. */
  readonly isInstalled: boolean;
}

/** Whether a release is this run's: another run of the same name may have been quicker, or have come after it. */
export async function ownsRelease(connection: Connection, own: OwnRelease, context: CommandContext): Promise<boolean> {
  const runId = own.isInstalled ? await readRunId(connection, own) : await readRecordedRunId(connection, own, context);
  return runId === own.runId;
}

/** By the cluster: quickly, as every run asks. What cannot be read is taken for its own, as removing it comes with patience. */
async function readRunId(connection: Connection, { release, namespace, runId }: OwnRelease): Promise<string> {
  try {
    return (await readInstalledSuites(await connection.cluster(), release, namespace)).runId;
  } catch (error) {
    if (error instanceof KubesuiteError) return runId;
    throw error;
  }
}

/** By Helm's record, which comes before all objects. Helm that refuses objects of somebody else's making has none. */
async function readRecordedRunId({ helm }: Connection, { release, namespace }: OwnRelease, context: CommandContext): Promise<string | undefined> {
  const values = (await askHelmPatiently(async () => helm.readValues(release, namespace), context)) as { readonly run?: { readonly id?: string } } | undefined | null;
  return values?.run?.id;
}
