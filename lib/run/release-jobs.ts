import type { V1CronJob, V1Job, V1ObjectMeta } from '@kubernetes/client-node';
import type { Trigger } from '../config/triggers.ts';
import { annotations } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import { lookUntil } from './look-until.ts';
import type { InstalledSuites } from './suite-set.ts';

export interface JobsQuery {
  readonly installed: InstalledSuites;
  readonly release: string;
  readonly namespace: string;
  /** Matches the Jobs of the release. */
  readonly labelSelector: string;
}

export interface Waiting {
  /** @default never aborts */
  readonly signal?: AbortSignal;
  /** Is told what is waited for when that may take long. */
  readonly announce?: (text: string) => void;
  /** The run to wait for. @default the one that is installed */
  readonly runId?: string | undefined;
  /** For a release that is known to be there: how long an API server may be away. @default 0 */
  readonly patienceMs?: number;
}

/** Helm makes the list before the Jobs; Argo CD waits with its hooks until everything else is healthy. */
const deadlinesMs: Readonly<Record<Trigger, number>> = { job: 30_000, 'argocd-postsync': 600_000, 'cronjob-template': 0 };

/** The Jobs that the release lists, by the name in the list, as soon as all are there or the time is over. */
export async function findReleaseJobs(cluster: Cluster, clock: Clock, query: JobsQuery, { signal, announce }: Waiting = {}): Promise<ReadonlyMap<string, V1Job>> {
  const { installed, release, namespace } = query;
  const { names, trigger } = installed;
  const { seen } = await lookUntil(clock, { deadlineMs: deadlinesMs[trigger], signal, announce }, async () => {
    const jobs = await currentJobs(cluster, query);
    const missing = names.filter((name) => !jobs.has(name));
    return { seen: jobs, waitsFor: missing.length === 0 ? '' : `${waitingFor(trigger)}: ${missing.join(', ')}` };
  });
  if (trigger === 'cronjob-template' && seen.size === 0) throw notStarted(release, namespace);
  return seen;
}

function waitingFor(trigger: Trigger): string {
  const seconds = deadlinesMs[trigger] / 1000;
  return trigger === 'argocd-postsync' ? `Waiting up to ${seconds / 60} min for Argo CD to start the hook Jobs of its last sync` : `Waiting up to ${seconds} s for Jobs that the release lists and that are not there`;
}

/** The Jobs of what is installed now: names that stay from one install to the next do not tell. */
async function currentJobs(cluster: Cluster, { installed: { trigger, hash }, namespace, labelSelector }: JobsQuery): Promise<ReadonlyMap<string, V1Job>> {
  const jobs = await cluster.listJobs(namespace, labelSelector);
  switch (trigger) {
    case 'job':
      return byName(jobs);
    case 'argocd-postsync':
      // The Jobs of the sync before stay until Argo CD replaces them.
      return byName(jobs.filter(({ metadata }) => metadata?.annotations?.[annotations.suiteSet] === hash && metadata.deletionTimestamp === undefined));
    case 'cronjob-template':
      // Those of the suite before an upgrade stay as well.
      return newestByCronJob(jobs, await cluster.listCronJobs(namespace, labelSelector));
  }
}

function byName(jobs: readonly V1Job[]): ReadonlyMap<string, V1Job> {
  return new Map(jobs.map((job) => [job.metadata?.name ?? '', job]));
}

function newestByCronJob(jobs: readonly V1Job[], cronJobs: readonly V1CronJob[]): ReadonlyMap<string, V1Job> {
  const contents = new Map(cronJobs.map(({ metadata, spec }) => [metadata?.name, contentOf(spec?.jobTemplate.metadata)]));
  const createdAt = ({ metadata }: V1Job): number => new Date(metadata?.creationTimestamp ?? 0).getTime();
  const oldestFirst = jobs.toSorted((a, b) => createdAt(a) - createdAt(b));
  return new Map(
    oldestFirst.flatMap((job) => {
      const owners = (job.metadata?.ownerReferences ?? []).filter(({ kind, name }) => kind === 'CronJob' && contents.get(name) === contentOf(job.metadata));
      return owners.map(({ name }) => [name, job] as const);
    }),
  );
}

function contentOf(metadata: V1ObjectMeta | undefined): string | undefined {
  return metadata?.annotations?.[annotations.content];
}

function notStarted(release: string, namespace: string): KubesuiteError {
  return new KubesuiteError('USAGE', `Release '${release}' in namespace '${namespace}' consists of suspended CronJobs, and no suite was started as it is now.`, {
    hint: `start them: kubesuite run --from-cronjob ${release} --namespace ${namespace}`,
  });
}
