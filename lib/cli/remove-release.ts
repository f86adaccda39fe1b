import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Helm } from '../ports/helm.ts';
import type { Connection } from './cluster-options.ts';
import type { CommandContext } from './context.ts';
import { removeObjects } from './remove-objects.ts';

export interface Removal {
  readonly release: string;
  readonly namespace: string;
  /** Pods that still run get a grace period of 2 s instead of their own of 30 s. */
  readonly hurry: boolean;
}

/** For an API server that is away for a moment, from the first failure on: what a run made would stay behind. */
const patienceMs = 90_000;
const pauseMs = 2000;
/** What Helm, whose words are all it gives, says of an API server that does not answer; of one that does not get through thousands of deletions it says only the first of these. */
const away = /failed to delete release|connection re(?:fused|set)|\bEOF\b|time(?:d )?out|deadline exceeded|too many requests|unavailable|etcdserver|unreachable|broken pipe|unable to handle the request/i;

/**
 * Uninstalls a release and waits until nothing of it is left in the namespace.
 * @returns the kinds that could not be looked for
 */
export async function removeRelease({ helm, ...connection }: Connection, { release, namespace, hurry }: Removal, context: CommandContext): Promise<readonly string[]> {
  const removal = {
    what: `Release '${release}' is uninstalled`,
    namespace,
    selector: `${labels.release}=${release}`,
    hurry,
    remove: async () => uninstall(helm, release, namespace, context),
  };
  return removeObjects(await connection.cluster(), removal, context);
}

/** An uninstall that failed half-way is begun again: Helm goes on with what is left. */
async function uninstall(helm: Helm, release: string, namespace: string, { clock, stderr }: CommandContext): Promise<void> {
  let until: number | undefined;
  for (;;) {
    try {
      return await helm.uninstall(release, namespace);
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
