import type { V1Job } from '@kubernetes/client-node';
import { suiteContractSchema, suiteKey } from '../config/contract.ts';
import { annotations, labels } from '../constructs/labels.ts';
import { suiteSetKeys, suiteSetName } from '../constructs/names.ts';
import { KubesuiteError } from '../errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { PlannedSuite, RunInfo } from './events.ts';

export interface DiscoveredRelease {
  readonly run: RunInfo;
  readonly suites: readonly PlannedSuite[];
  /** Matches the Jobs and pods of the release. */
  readonly labelSelector: string;
}

/** Reads from the cluster alone what an installed release runs, so that any machine can wait for it. */
export async function discoverRelease(cluster: Cluster, release: string, namespace: string): Promise<DiscoveredRelease> {
  const suiteSet = await cluster.readConfigMap(namespace, suiteSetName(release));
  if (suiteSet === undefined) {
    throw new KubesuiteError('RELEASE_UNKNOWN', `Namespace '${namespace}' has no kubesuite release '${release}'.`, {
      hint: `check the name and the namespace: kubectl get configmaps --all-namespaces --selector ${labels.release}`,
    });
  }
  const id = suiteSet.data?.[suiteSetKeys.run] || release;
  // It names a folder, and anybody with rights in the namespace can write the ConfigMap.
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(id)) {
    throw new KubesuiteError('RELEASE_UNKNOWN', `ConfigMap '${suiteSetName(release)}' holds no usable run id: received '${id.slice(0, 80)}'.`);
  }
  const labelSelector = `${labels.release}=${release}`;
  const jobs = new Map((await cluster.listJobs(namespace, labelSelector)).map((job) => [job.metadata?.name ?? '', job]));
  const names = (suiteSet.data?.[suiteSetKeys.jobs] ?? '').split('\n').filter(Boolean);
  return {
    run: {
      id,
      release,
      namespace,
      context: cluster.context,
      chart: suiteSet.data?.[suiteSetKeys.chart] ?? '',
    },
    suites: names.map((name) => plan(name, jobs.get(name))),
    labelSelector,
  };
}

function plan(name: string, job: V1Job | undefined): PlannedSuite {
  if (job === undefined) return missing(name);
  const text = job.metadata?.annotations?.[annotations.contract] ?? '';
  const parsed = suiteContractSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new KubesuiteError('CONTRACT_INVALID', `Job '${name}' has no readable annotation ${annotations.contract}: received '${text}'.`, {
      hint: 'its chart was made by another version of kubesuite; synthesize it again, or wait with that version',
    });
  }
  return { key: suiteKey(parsed.data), job: name, contract: parsed.data };
}

/** A Job that is gone, or was never made, is an error of its own and not a reason to forget the suite. */
function missing(name: string): PlannedSuite {
  return {
    key: name,
    job: name,
    contract: { v: 1, suite: name, type: '', timeoutSeconds: 1, startTimeoutSeconds: 5, retries: 0, tags: [], results: { from: 'exit-code' } },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
