import { KubesuiteError } from '../errors.ts';
import { nameSome } from '../name-some.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { CommandContext } from './context.ts';

/** Since something went last: thousands of pods take longer than that together. */
const patienceMs = 90_000;
const pollMs = 250;
/** Nobody waits for what an interrupted suite would still do; most processes end at the SIGTERM. */
const hurriedGraceSeconds = 2;

export interface ObjectRemoval {
  /** For messages: what is removed. */
  readonly what: string;
  readonly namespace: string;
  readonly selector: string;
  /** Pods that still run get a grace period of 2 s instead of their own of 30 s. */
  readonly hurry: boolean;
  readonly remove: () => Promise<void>;
}

/**
 * Removes objects and waits until nothing in the namespace matches any more.
 * @returns the kinds that could not be looked for
 */
export async function removeObjects(cluster: Cluster, { what, namespace, selector, hurry, remove }: ObjectRemoval, { clock, stderr }: CommandContext): Promise<readonly string[]> {
  // Before their Jobs go, which would give them 30 s: the kubelet does not shorten what has begun.
  if (hurry) await endPods(cluster, namespace, selector);
  await remove();
  // Again, for pods that a retry has started meanwhile.
  if (hurry) await endPods(cluster, namespace, selector);
  let fewest = Number.POSITIVE_INFINITY;
  let until = 0;
  for (;;) {
    const { names, deniedKinds } = await cluster.listAll(namespace, selector);
    if (names.length === 0) {
      if (deniedKinds.length > 0) stderr(`Not looked for in namespace '${namespace}', as there is no right to list it: ${deniedKinds.join(', ')}\n`);
      return deniedKinds;
    }
    const now = clock.now().getTime();
    if (names.length < fewest) {
      fewest = names.length;
      until = now + patienceMs;
    }
    if (now > until) {
      throw new KubesuiteError('LEFTOVERS', `${what}, but namespace '${namespace}' still holds what has not gone for ${patienceMs / 1000} s: ${nameSome(names)}.`, {
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
