/** What starts the suites of an installed chart: the install itself, a sync of Argo CD, or somebody by hand. */
export type Trigger = 'job' | 'argocd-postsync' | 'cronjob-template';

/** The first is the default. */
export const triggers = ['job', 'argocd-postsync', 'cronjob-template'] as const satisfies readonly Trigger[];
