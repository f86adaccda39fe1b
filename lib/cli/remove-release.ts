import { labels } from '../constructs/labels.ts';
import { askHelmPatiently } from './ask-helm-patiently.ts';
import type { Connection } from './cluster-options.ts';
import type { CommandContext } from './context.ts';
import { removeObjects } from './remove-objects.ts';

export interface Removal {
  readonly release: string;
  readonly namespace: string;
  /** Pods that still run get a grace period of 2 s instead of their own of 30 s. */
  readonly hurry: boolean;
}

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
    // One that failed half-way is begun again: Helm goes on with what is left.
    remove: async () => askHelmPatiently(async () => helm.uninstall(release, namespace), context),
  };
  return removeObjects(await connection.cluster(), removal, context);
}
