import { labels } from '../constructs/labels.ts';
import { suiteSetKeys, suiteSetName } from '../constructs/names.ts';
import type { Trigger } from '../config/triggers.ts';
import { KubesuiteError } from '../errors.ts';
import type { Connection } from './cluster-options.ts';
import type { ReleasePlace } from './command-lines.ts';

/**
 * Refuses to change or remove a Helm release that holds something else than suites: that of the application may have the same name.
 * @returns how the suites of the release are started; undefined when it was never installed to its end
 */
export async function refuseForeignRelease({ helm, cluster }: Connection, { release, namespace }: ReleasePlace): Promise<Trigger | undefined> {
  const suiteSet = await (await cluster()).readConfigMap(namespace, suiteSetName(release));
  if (suiteSet?.metadata?.labels?.[labels.release] === release) return suiteSet.data?.[suiteSetKeys.trigger] as Trigger | undefined;
  // Helm that was killed has a record, and not yet all of its objects.
  if ((await helm.readManifest(release, namespace)).includes(`${labels.release}:`)) return undefined;
  throw new KubesuiteError('RELEASE_FOREIGN', `Release '${release}' in namespace '${namespace}' is no release of kubesuite: it holds no suites.`, {
    hint: 'choose another --release for the suites; what Helm has installed for something else, helm uninstall removes',
  });
}
