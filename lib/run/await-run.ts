import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Waiting } from './release-jobs.ts';
import type { InstalledSuites } from './suite-set.ts';

const pollMs = 500;
/** Argo CD looks for commits every three minutes, and a sync waits for what it makes to be healthy. */
const deadlineMs = 600_000;
const announceAfterMs = 2000;

/** The release before an upgrade or a sync has verdicts too: of something else. */
export async function awaitRun(runId: string, read: () => Promise<InstalledSuites>, clock: Clock, { signal, announce }: Waiting): Promise<InstalledSuites> {
  const started = clock.now().getTime();
  let announced = false;
  for (;;) {
    const installed = await read().catch(toUnknown);
    if (!(installed instanceof KubesuiteError) && installed.runId === runId) return installed;
    const found = installed instanceof KubesuiteError ? installed.message : `The release is of run '${installed.runId}'.`;
    const passedMs = clock.now().getTime() - started;
    if (passedMs > deadlineMs) {
      throw new KubesuiteError('RUN_MISSING', `Run '${runId}' was not installed within ${deadlineMs / 60_000} min. ${found}`, { hint: 'look at the sync or the upgrade that should have brought it, and at the value run.id in it' });
    }
    if (!announced && passedMs >= announceAfterMs) {
      announce?.(`Waiting up to ${deadlineMs / 60_000} min for run '${runId}'. ${found}\n`);
      announced = true;
    }
    await clock.sleep(pollMs, signal);
    signal?.throwIfAborted();
  }
}

/** A release that is not there yet may come. */
function toUnknown(error: unknown): KubesuiteError {
  if (error instanceof KubesuiteError && error.code === 'RELEASE_UNKNOWN') return error;
  throw error;
}

