import type { V1ConfigMap, V1Job } from '@kubernetes/client-node';
import { suiteContractSchema, suiteKey } from '../config/contract.ts';
import { annotations, foreignLabels, labels } from '../constructs/labels.ts';
import { suiteSetKeys, suiteSetName } from '../constructs/names.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { PlannedSuite, RunInfo } from './events.ts';
import { sanitizeLine } from './results/sanitize.ts';

export interface DiscoveredRelease {
  readonly run: RunInfo;
  readonly suites: readonly PlannedSuite[];
  /** Whether Kueue decides when Jobs of it start. */
  readonly queued: boolean;
  /** Matches the Jobs and pods of the release. */
  readonly labelSelector: string;
}

/** Helm makes the list before the Jobs. */
const jobsDeadlineMs = 30_000;
const pollMs = 250;
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Reads from the cluster alone what an installed release runs, so that any machine can wait for it. */
export async function discoverRelease(cluster: Cluster, clock: Clock, release: string, namespace: string): Promise<DiscoveredRelease> {
  const suiteSet = await cluster.readConfigMap(namespace, suiteSetName(release));
  if (suiteSet === undefined) {
    throw new KubesuiteError('RELEASE_UNKNOWN', `Namespace '${namespace}' has no kubesuite release '${release}'.`, {
      hint: `check the name and the namespace: kubectl get configmaps --all-namespaces --selector ${labels.release}`,
    });
  }
  const labelSelector = `${labels.release}=${release}`;
  const names = (suiteSet.data?.[suiteSetKeys.jobs] ?? '').split('\n').filter(Boolean);
  const jobs = await listJobs(cluster, clock, namespace, labelSelector, names);
  const suites = names.map((name) => plan(name, jobs.get(name)));
  refuseDuplicates(suites);
  return {
    run: { id: runIdOf(suiteSet, release), release, namespace, context: cluster.context, chart: suiteSet.data?.[suiteSetKeys.chart] ?? '' },
    suites,
    queued: [...jobs.values()].some(({ metadata }) => metadata?.labels?.[foreignLabels.queue] !== undefined),
    labelSelector,
  };
}

/** Without a run id, the hash of the suites tells one install from the next. */
function runIdOf(suiteSet: V1ConfigMap, release: string): string {
  const id = suiteSet.data?.[suiteSetKeys.run] || `${release}-${suiteSet.data?.[suiteSetKeys.hash] ?? ''}`;
  // It names a folder, and anybody with rights in the namespace can write the ConfigMap.
  if (id.length <= 100 && /^[a-z0-9][a-z0-9-]*$/.test(id)) return id;
  throw new KubesuiteError('RELEASE_UNKNOWN', `ConfigMap '${suiteSetName(release)}' holds no usable run id: received '${sanitizeLine(id, 80)}'.`);
}

async function listJobs(
  cluster: Cluster,
  clock: Clock,
  namespace: string,
  labelSelector: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, V1Job>> {
  const until = clock.now().getTime() + jobsDeadlineMs;
  for (;;) {
    const jobs = new Map((await cluster.listJobs(namespace, labelSelector)).map((job) => [job.metadata?.name ?? '', job]));
    if (names.every((name) => jobs.has(name)) || clock.now().getTime() > until) return jobs;
    await clock.sleep(pollMs);
  }
}

function plan(name: string, job: V1Job | undefined): PlannedSuite {
  if (!dnsLabel.test(name)) throw new KubesuiteError('CONTRACT_INVALID', `The release lists a Job with an impossible name: received '${sanitizeLine(name, 80)}'.`);
  if (job === undefined) return missing(name);
  const text = job.metadata?.annotations?.[annotations.contract] ?? '';
  const parsed = suiteContractSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new KubesuiteError('CONTRACT_INVALID', `Job '${name}' has no readable annotation ${annotations.contract}: received '${sanitizeLine(text, 80)}'.`, {
      hint: 'its chart was made by another version of kubesuite; synthesize it again, or wait with that version',
    });
  }
  return { key: suiteKey(parsed.data), job: name, uid: job.metadata?.uid ?? '', contract: parsed.data };
}

/** A Job that is gone, or was never made, is an error of its own and not a reason to forget the suite. */
function missing(name: string): PlannedSuite {
  return {
    key: name,
    job: name,
    uid: '',
    contract: { v: 1, suite: name, type: 'unknown', timeoutSeconds: 1, startTimeoutSeconds: 1, retries: 0, tags: [], results: { from: 'exit-code' } },
    missing: true,
  };
}

/** Two Jobs of one name in the report would be one suite, and the other would be lost. */
function refuseDuplicates(suites: readonly PlannedSuite[]): void {
  const keys = new Set(suites.map(({ key }) => key));
  if (keys.size === suites.length) return;
  throw new KubesuiteError('CONTRACT_INVALID', `Several Jobs of the release say that they are the same suite: ${suites.map(({ key, job }) => `${job} is ${key}`).join(', ')}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
