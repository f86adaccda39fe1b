import type { V1ConfigMap } from '@kubernetes/client-node';
import { startModes, type StartMode } from '../config/start-modes.ts';
import { triggers, type Trigger } from '../config/triggers.ts';
import { labels } from '../constructs/labels.ts';
import { suiteSetKeys, suiteSetName } from '../constructs/names.ts';
import { KubesuiteError } from '../errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import { sanitizeLine } from './results/sanitize.ts';
import { isRunId } from './run-id.ts';

/** What a release says of itself, in the ConfigMap `<release>-suites`. */
export interface InstalledSuites {
  readonly runId: string;
  /** Names of the Jobs or CronJobs. */
  readonly names: readonly string[];
  readonly chart: string;
  /** Of all suites. */
  readonly hash: string;
  readonly trigger: Trigger;
  readonly start: StartMode;
}

/** @throws KubesuiteError `RELEASE_UNKNOWN` when there is no such release */
export async function readInstalledSuites(cluster: Cluster, release: string, namespace: string): Promise<InstalledSuites> {
  const suiteSet = await cluster.readConfigMap(namespace, suiteSetName(release));
  if (suiteSet === undefined) {
    throw new KubesuiteError('RELEASE_UNKNOWN', `Namespace '${namespace}' has no kubesuite release '${release}'.`, {
      hint: `check the name and the namespace: kubectl get configmaps --all-namespaces --selector ${labels.release}`,
    });
  }
  const data = suiteSet.data ?? {};
  return {
    runId: runIdOf(suiteSet, release),
    names: (data[suiteSetKeys.jobs] ?? '').split('\n').filter(Boolean),
    chart: data[suiteSetKeys.chart] ?? '',
    hash: data[suiteSetKeys.hash] ?? '',
    trigger: triggers.find((trigger) => trigger === data[suiteSetKeys.trigger]) ?? 'job',
    start: startModes.find((mode) => mode === data[suiteSetKeys.start]) ?? 'all',
  };
}

/** Without a run id, the hash of the suites tells one sync from the next, and the uid one install from those elsewhere. */
function runIdOf(suiteSet: V1ConfigMap, release: string): string {
  const id = suiteSet.data?.[suiteSetKeys.run] || [release, suiteSet.data?.[suiteSetKeys.hash], suiteSet.metadata?.uid?.slice(0, 8)].filter(Boolean).join('-');
  if (isRunId(id)) return id;
  throw new KubesuiteError('RELEASE_UNKNOWN', `ConfigMap '${suiteSetName(release)}' holds no usable run id: received '${sanitizeLine(id, 80)}'.`);
}
