/** Folders of a suite's pod that have volumes of their own: Kubernetes mounts one volume at a path. */
export const podPaths = {
  tmp: '/tmp',
  /** Home of suites that do not run as their image's user. */
  home: '/home/suite',
  /** The collector's script. */
  collector: '/kubesuite',
} as const;
