import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import type { SuiteContract } from '../config/contract.ts';
import { labels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { DiscoveredRelease } from './discover-release.ts';
import type { PlannedSuite } from './events.ts';
import { isQueued, readContract, requireJobName } from './planned-suite.ts';
import { readInstalledSuites, type InstalledSuites } from './suite-set.ts';

/** A CronJob that stands for a suite, or for one shard of it. */
export interface SuiteTemplate {
  readonly cronJob: V1CronJob;
  readonly key: string;
  readonly contract: SuiteContract;
}

export interface CronJobRelease {
  readonly release: string;
  readonly namespace: string;
  readonly installed: InstalledSuites;
  readonly templates: readonly SuiteTemplate[];
}

/** What a release of suspended CronJobs can run. A listed CronJob that is not there is an error: its suite would be forgotten. */
export async function readCronJobRelease(cluster: Cluster, release: string, namespace: string): Promise<CronJobRelease> {
  const installed = await readInstalledSuites(cluster, release, namespace);
  if (installed.trigger !== 'cronjob-template') {
    throw new KubesuiteError('USAGE', `Release '${release}' in namespace '${namespace}' has no CronJobs: its trigger is '${installed.trigger}'.`, {
      hint: `wait for it (kubesuite wait ${release} --namespace ${namespace}), or install its chart with trigger: cronjob-template`,
    });
  }
  const cronJobs = new Map((await cluster.listCronJobs(namespace, selectorOf(release))).map((cronJob) => [cronJob.metadata?.name ?? '', cronJob]));
  const templates = installed.names.map((name) => toTemplate(requireJobName(name), cronJobs.get(name)));
  return { release, namespace, installed, templates };
}

/** Makes a Job of each template, under a run id of its own. */
export async function startRun(cluster: Cluster, { release, namespace, installed }: CronJobRelease, templates: readonly SuiteTemplate[], runId: string): Promise<DiscoveredRelease> {
  const suites: PlannedSuite[] = [];
  for (const { cronJob, key, contract } of templates) {
    const { metadata } = await cluster.createJob(namespace, toJob(cronJob, runId));
    suites.push({ key, contract, job: metadata?.name ?? '', uid: metadata?.uid ?? '' });
  }
  return {
    run: { id: runId, release, namespace, context: cluster.context, chart: installed.chart },
    suites,
    queued: templates.some(({ cronJob }) => isQueued(cronJob.spec?.jobTemplate ?? {})),
    controlled: false,
    labelSelector: runSelector(release, runId),
  };
}

/** Matches the Jobs and pods of one run. */
export function runSelector(release: string, runId: string): string {
  return `${selectorOf(release)},${labels.run}=${runId}`;
}

/** As `kubectl create job --from` does, with a run id on Job and pods. */
export function toJob({ metadata: owner, spec }: V1CronJob, runId: string): V1Job {
  const { metadata, spec: jobSpec } = spec?.jobTemplate ?? {};
  const name = owner?.name ?? '';
  if (jobSpec === undefined) throw new KubesuiteError('CONTRACT_INVALID', `CronJob '${name}' has no jobTemplate.spec.`);
  const pod = jobSpec.template;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name}-${runId}`,
      labels: { ...metadata?.labels, [labels.run]: runId },
      annotations: { ...metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name, uid: owner?.uid ?? '', controller: true }],
    },
    spec: { ...jobSpec, template: { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata?.labels, [labels.run]: runId } } } },
  };
}

function toTemplate(name: string, cronJob: V1CronJob | undefined): SuiteTemplate {
  if (cronJob === undefined) {
    throw new KubesuiteError('CONTRACT_INVALID', `CronJob '${name}' is listed by the release, but does not exist.`, { hint: 'install or sync the chart again' });
  }
  return { cronJob, ...readContract(`The jobTemplate of CronJob '${name}'`, cronJob.spec?.jobTemplate.metadata) };
}

function selectorOf(release: string): string {
  return `${labels.release}=${release}`;
}
