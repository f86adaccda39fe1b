import type { k8s } from 'cdk8s-plus-28';
import { hole, when } from '../chart/hole.ts';
import type { Hole, Templated } from '../chart/hole.ts';
import { goString } from './helpers-of.ts';
import { annotations, foreignAnnotations } from './labels.ts';

/** Argo CD runs such a Job after each sync, and keeps it with its logs until the next one. */
export function hookAnnotations(chart: string): Readonly<Record<string, string | Hole>> {
  return when('if eq $.Values.trigger "argocd-postsync"', {
    [foreignAnnotations.hook]: 'PostSync',
    [foreignAnnotations.hookDeletePolicy]: 'BeforeHookCreation',
    [annotations.suiteSet]: hole.string(`include ${goString(`${chart}.setHash`)} $`),
  }) as Readonly<Record<string, string | Hole>>;
}

/** Finished Jobs that Kubernetes keeps for each CronJob; by default it removes all failed ones but the last. */
const keptJobs = 3;

/** A CronJob that never starts by itself: only a template to make Jobs from. */
export function cronJobSpec(jobTemplate: { readonly metadata: unknown; readonly spec: Hole }): Templated<k8s.CronJobSpec> {
  return {
    // Kubernetes wants a schedule; this one has no day, even if somebody resumes the CronJob.
    schedule: '0 0 31 2 *',
    suspend: true,
    successfulJobsHistoryLimit: keptJobs,
    failedJobsHistoryLimit: keptJobs,
    jobTemplate: jobTemplate as Templated<k8s.JobTemplateSpec>,
  };
}
