export interface InstallOptions {
  readonly release: string;
  readonly chart: string;
  readonly namespace: string;
  /** Set with --set-string or --set by their type. */
  readonly values: Readonly<Record<string, string | boolean | number>>;
  readonly valuesFiles: readonly string[];
  readonly signal?: AbortSignal;
}

export interface ReleaseStatus {
  /** Helm's word: `deployed`, `failed`, `pending-install` … */
  readonly status: string;
  readonly chart: string;
}

export interface Helm {
  /** `helm upgrade --install` without --wait: waiting is ours. Creates the namespace when it is not there. */
  install(options: InstallOptions): Promise<void>;
  /** Undefined when there is no such release. */
  status(release: string, namespace: string, signal?: AbortSignal): Promise<ReleaseStatus | undefined>;
  /** `helm uninstall` without --wait: waiting is ours. No release is no error. */
  uninstall(release: string, namespace: string): Promise<void>;
}
