import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Connection } from './cluster-options.ts';
import type { CommandContext } from './context.ts';

const deadlineMs = 90_000;
const pollMs = 250;
/** Nobody waits for what an interrupted suite would still do; most processes end at the SIGTERM. */
const hurriedGraceSeconds = 2;

export interface Removal {
  readonly release: string;
  readonly namespace: string;
  /** Pods that still run get a grace period of 2 s instead of their own of 30 s. */
  readonly hurry: boolean;
}

/** Uninstalls a release and waits until nothing of it is left in the namespace. */
export async function removeRelease({ helm, ...connection }: Connection, { release, namespace, hurry }: Removal, { clock, stderr }: CommandContext): Promise<void> {
  const cluster = await connection.cluster();
  const selector = `${labels.release}=${release}`;
  // Before their Jobs go, which would give them 30 s: the kubelet does not shorten what has begun.
  if (hurry) await endPods(cluster, namespace, selector);
  await helm.uninstall(release, namespace);
  const until = clock.now().getTime() + deadlineMs;
  // Again, for pods that a retry has started meanwhile.
  if (hurry) await endPods(cluster, namespace, selector);
  for (;;) {
    const { names, deniedKinds } = await cluster.listAll(namespace, selector);
    if (names.length === 0) {
      if (deniedKinds.length > 0) stderr(`Not looked for in namespace '${namespace}', as there is no right to list it: ${deniedKinds.join(', ')}\n`);
      return;
    }
    if (clock.now().getTime() > until) {
      throw new KubesuiteError('LEFTOVERS', `Release '${release}' is uninstalled, but after ${deadlineMs / 1000} s namespace '${namespace}' still holds: ${names.join(', ')}.`, {
        hint: 'look at the finalizers and the node of these objects',
      });
    }
    await clock.sleep(pollMs);
  }
}

/** Only saves time: whoever may not delete pods waits for their own grace period. */
async function endPods(cluster: Cluster, namespace: string, selector: string): Promise<void> {
  await cluster.endPods(namespace, selector, hurriedGraceSeconds).catch(() => undefined);
}
