import { KubesuiteError } from '../errors.ts';
import type { CommandContext } from './context.ts';

/** For an API server that is away for a moment, from the first failure on: what a run made would stay behind. */
const patienceMs = 90_000;
const pauseMs = 2000;
/** What Helm, whose words are all it gives, says of an API server that does not answer; of one that does not get through thousands of deletions it says only the first of these. */
const away = /failed to delete release|connection re(?:fused|set)|\bEOF\b|time(?:d )?out|deadline exceeded|too many requests|unavailable|etcdserver|unreachable|broken pipe|unable to handle the request/i;

/** Asks Helm again where an API server is away, and says so. */
export async function askHelmPatiently<T>(ask: () => Promise<T>, { clock, stderr }: Pick<CommandContext, 'clock' | 'stderr'>): Promise<T> {
  let until: number | undefined;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const canChange = error instanceof KubesuiteError && error.code === 'HELM_FAILED' && away.test(error.message);
      const now = clock.now().getTime();
      if (!canChange || (until !== undefined && now + pauseMs > until)) throw error;
      if (until === undefined) stderr(`${error.message}\nTrying again for up to ${patienceMs / 1000} s.\n`);
      until ??= now + patienceMs;
      await clock.sleep(pauseMs);
    }
  }
}
