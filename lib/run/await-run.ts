import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import { lookUntil } from './look-until.ts';
import type { Waiting } from './release-jobs.ts';
import type { InstalledSuites } from './suite-set.ts';

/** Argo CD looks for commits every three minutes, and a sync waits for what it makes to be healthy. */
const deadlineMs = 600_000;

/** The release before an upgrade or a sync has verdicts too: of something else. */
export async function awaitRun(runId: string, read: () => Promise<InstalledSuites>, clock: Clock, { signal, announce }: Waiting): Promise<InstalledSuites> {
  const { seen } = await lookUntil(clock, { deadlineMs, signal, announce }, async () => {
    const installed = await read().catch(toUnknown);
    return { seen: installed, waitsFor: isOf(runId, installed) ? '' : `Waiting up to ${deadlineMs / 60_000} min for run '${runId}'. ${describe(installed)}` };
  });
  if (isOf(runId, seen)) return seen;
  throw new KubesuiteError('RUN_MISSING', `Run '${runId}' was not installed within ${deadlineMs / 60_000} min. ${describe(seen)}`, { hint: 'look at the sync or the upgrade that should have brought it, and at the value run.id in it' });
}

function isOf(runId: string, installed: InstalledSuites | KubesuiteError): installed is InstalledSuites {
  return 'runId' in installed && installed.runId === runId;
}

function describe(installed: InstalledSuites | KubesuiteError): string {
  return 'runId' in installed ? `The release is of run '${installed.runId}'.` : installed.message;
}

/** A release that is not there yet may come. */
function toUnknown(error: unknown): KubesuiteError {
  if (error instanceof KubesuiteError && error.code === 'RELEASE_UNKNOWN') return error;
  throw error;
}
