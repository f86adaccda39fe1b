import type { V1Job } from '@kubernetes/client-node';
import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import { awaitRun } from './await-run.ts';
import type { PlannedSuite, RunInfo } from './events.ts';
import { isQueued, readContract, requireJobName } from './planned-suite.ts';
import { toPodDemand } from './pod-demand.ts';
import { findReleaseJobs, type Waiting } from './release-jobs.ts';
import { readInstalledSuites, type InstalledSuites } from './suite-set.ts';

const pollMs = 500;

export interface DiscoveredRelease {
  readonly run: RunInfo;
  readonly suites: readonly PlannedSuite[];
  /** Whether Kueue decides when Jobs of it start. */
  readonly queued: boolean;
  /** Whether its Jobs stay suspended until somebody starts them in their order. */
  readonly controlled: boolean;
  /** Matches the Jobs and pods of the release. */
  readonly labelSelector: string;
}

/** Reads from the cluster alone what an installed release runs, so that any machine can wait for it. */
export async function discoverRelease(cluster: Cluster, clock: Clock, release: string, namespace: string, waiting: Waiting = {}): Promise<DiscoveredRelease> {
  const read = async (): Promise<InstalledSuites> => readPatiently(cluster, clock, release, namespace, waiting);
  const installed = waiting.runId === undefined ? await read() : await awaitRun(waiting.runId, read, clock, waiting);
  const labelSelector = `${labels.release}=${release}`;
  const jobs = await findReleaseJobs(cluster, clock, { installed, release, namespace, labelSelector }, waiting);
  const controlled = installed.start === 'controlled';
  const suites = installed.names.map((name) => plan(requireJobName(name), jobs.get(name), controlled));
  refuseDuplicates(suites);
  return {
    run: { id: installed.runId, release, namespace, context: cluster.context, chart: installed.chart },
    suites,
    queued: [...jobs.values()].some(isQueued),
    controlled,
    labelSelector,
  };
}

async function readPatiently(cluster: Cluster, clock: Clock, release: string, namespace: string, { patienceMs = 0, signal }: Waiting): Promise<InstalledSuites> {
  const until = clock.now().getTime() + patienceMs;
  for (;;) {
    try {
      return await readInstalledSuites(cluster, release, namespace);
    } catch (error) {
      const isAway = error instanceof KubesuiteError && (error.code === 'CLUSTER_UNREACHABLE' || error.code === 'CLUSTER_FAILED');
      if (!isAway || signal?.aborted || clock.now().getTime() + pollMs > until) throw error;
      await clock.sleep(pollMs, signal);
    }
  }
}

function plan(name: string, job: V1Job | undefined, controlled: boolean): PlannedSuite {
  if (job === undefined) return missing(name);
  return {
    ...readContract(`Job '${name}'`, job.metadata),
    job: job.metadata?.name ?? name,
    uid: job.metadata?.uid ?? '',
    ...(controlled && { demand: toPodDemand(job) }),
  };
}

/** A Job that is gone, or was never made, is an error of its own and not a reason to forget the suite. */
function missing(name: string): PlannedSuite {
  return {
    key: name,
    job: name,
    uid: '',
    contract: { v: 1, suite: name, type: 'unknown', timeoutSeconds: 1, startTimeoutSeconds: 1, retries: 0, infraRetries: 0, tags: [], results: { from: 'exit-code' } },
    missing: true,
  };
}

/** Two Jobs of one name in the report would be one suite, and the other would be lost. */
function refuseDuplicates(suites: readonly PlannedSuite[]): void {
  const keys = new Set(suites.map(({ key }) => key));
  if (keys.size === suites.length) return;
  throw new KubesuiteError('CONTRACT_INVALID', `Several Jobs of the release say that they are the same suite: ${suites.map(({ key, job }) => `${job} is ${key}`).join(', ')}.`);
}
