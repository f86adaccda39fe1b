import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connection } from './cluster-options.ts';

const deadlineMs = 90_000;
const pollMs = 250;

/** Uninstalls a release and waits until nothing of it is left in the namespace. */
export async function removeRelease({ cluster, helm }: Connection, release: string, namespace: string, clock: Clock): Promise<void> {
  await helm.uninstall(release, namespace);
  const selector = `${labels.release}=${release}`;
  const until = clock.now().getTime() + deadlineMs;
  for (;;) {
    const left = await cluster.listAll(namespace, selector);
    if (left.length === 0) return;
    if (clock.now().getTime() > until) {
      throw new KubesuiteError('LEFTOVERS', `Release '${release}' is uninstalled, but after ${deadlineMs / 1000} s namespace '${namespace}' still holds: ${left.join(', ')}.`, {
        hint: 'look at the finalizers and the node of these objects',
      });
    }
    await clock.sleep(pollMs);
  }
}
