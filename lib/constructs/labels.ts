/** Labels and annotations that the chart writes and the CLI reads: the only thing both halves share. */
export const labels = {
  /** Release that the object belongs to. */
  release: 'kubesuite.dev/release',
  suite: 'kubesuite.dev/suite',
  type: 'kubesuite.dev/type',
  /** `1` … n, on Jobs and pods of a sharded suite. */
  shard: 'kubesuite.dev/shard',
  /** Run id, or the content suffix of the Job when none was given. */
  run: 'kubesuite.dev/run',
} as const;

export const annotations = {
  /** JSON of a `SuiteContract`. */
  contract: 'kubesuite.dev/contract',
  /** Hash of the suites that a hook Job was made for: its name stays, so the name cannot tell. */
  suiteSet: 'kubesuite.dev/suite-set',
  /** Hash of what the suite runs, on Jobs that were made from a CronJob: the name of that stays. */
  content: 'kubesuite.dev/content',
} as const;

/** Recommended labels of Kubernetes that every object of the chart carries. */
export const recommendedLabels = {
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  managedBy: 'app.kubernetes.io/managed-by',
  component: 'app.kubernetes.io/component',
} as const;

/** Labels that other systems read. */
export const foreignLabels = {
  /** LocalQueue of Kueue that a Job waits in. */
  queue: 'kueue.x-k8s.io/queue-name',
} as const;

/** Annotations that other systems read. */
export const foreignAnnotations = {
  /** Phase of a sync in which Argo CD makes the Job. */
  hook: 'argocd.argoproj.io/hook',
  hookDeletePolicy: 'argocd.argoproj.io/hook-delete-policy',
} as const;
