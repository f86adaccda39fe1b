export interface InstallOptions {
  readonly release: string;
  readonly chart: string;
  readonly namespace: string;
  /** Set with --set-string or --set by their type. */
  readonly values: Readonly<Record<string, string | boolean | number>>;
  readonly valuesFiles: readonly string[];
  /** Is kept with the revision. */
  readonly description: string;
  /** Whether there is such a release. If not, one that somebody else makes meanwhile is refused instead of changed. */
  readonly exists: boolean;
  readonly signal?: AbortSignal;
}

export interface ReleaseStatus {
  /** Helm's word: `deployed`, `failed`, `pending-install` … */
  readonly status: string;
  readonly chart: string;
}

export interface Helm {
  /** `helm install`, or `helm upgrade --install` of what is there, without --wait: waiting is ours. Creates the namespace when it is not there. */
  install(options: InstallOptions): Promise<void>;
  /** Undefined when there is no such release. */
  status(release: string, namespace: string, signal?: AbortSignal): Promise<ReleaseStatus | undefined>;
  /** Of the last revision, as `install` was told; Helm's own words for one that others installed, or that failed. */
  readDescription(release: string, namespace: string): Promise<string>;
  /** What the last revision was installed with. Undefined when there is no such release. */
  readValues(release: string, namespace: string): Promise<unknown>;
  /** The objects of the last revision of a release that exists, as YAML. */
  readManifest(release: string, namespace: string): Promise<string>;
  /** `helm uninstall` without --wait: waiting is ours. No release is no error. */
  uninstall(release: string, namespace: string): Promise<void>;
}
