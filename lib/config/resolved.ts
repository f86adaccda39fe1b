/** The config after validation, inheritance (defaults < type < suite) and unit conversion. Plain JSON. */
export interface ResolvedConfig {
  /** Chart name and default release name. */
  readonly name: string;
  readonly images: Readonly<Record<string, ResolvedImage>>;
  readonly services: Readonly<Record<string, ResolvedService>>;
  readonly types: Readonly<Record<string, ResolvedType>>;
  /** In the order of the config file. */
  readonly suites: readonly ResolvedSuite[];
  /** Whether a NetworkPolicy per suite is rendered by default. */
  readonly networkPolicy: { readonly enabled: boolean };
  /** PriorityClasses are cluster-scoped, so rendering them is opt-in. */
  readonly priorityClasses: { readonly create: boolean };
  readonly production: ResolvedProduction;
}

export interface ResolvedImage {
  readonly name: string;
  /** `localhost` for images built here, else the registry host. */
  readonly registry: string;
  readonly repository: string;
  /** For an image with a build context: the hash of the context's content. */
  readonly tag: string;
  readonly digest?: string;
  /** Absolute path of the build context; absent for a prebuilt image. */
  readonly context?: string;
  /** Absolute path of the Containerfile; absent: `Containerfile` or `Dockerfile` of the context. */
  readonly file?: string;
  readonly pullPolicy: PullPolicy;
}

export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** What `productionMode` switches, and nothing else. */
export interface ResolvedProduction {
  /** Replaces every image's registry; empty keeps them. */
  readonly registry: string;
  readonly pullPolicy: PullPolicy;
  readonly pullSecrets: readonly string[];
}

export interface ResolvedService {
  readonly name: string;
  readonly port: number;
  /** The pods' port, which is what a NetworkPolicy sees after DNAT. */
  readonly targetPort: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly podLabels: Readonly<Record<string, string>>;
  /** Absent: the namespace of the release. */
  readonly namespace?: string;
  /** Targets outside of the cluster, instead of pod labels. */
  readonly cidrs?: readonly string[];
}

export interface ResolvedType {
  readonly name: string;
  readonly priority: number;
  readonly quota?: Readonly<Record<string, string>>;
}

export interface ResolvedSuite {
  readonly name: string;
  readonly type: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env: readonly ResolvedEnv[];
  readonly envFrom: readonly ResolvedEnvFrom[];
  readonly resources: ResolvedResources;
  readonly timeoutSeconds: number;
  /** How long pulling and scheduling may take before the suite is an infrastructure error. */
  readonly startTimeoutSeconds: number;
  readonly retries: number;
  /** 1: not sharded. */
  readonly shards: number;
  readonly results: ResultsSpec;
  /** Names of services. */
  readonly uses: readonly string[];
  readonly volumes: readonly ResolvedVolume[];
  readonly podSecurity: 'restricted' | 'baseline';
  readonly runAsUser: number | 'image';
  /** Rules of the suite's own Role; empty: no Role and no token. */
  readonly rules: readonly ResolvedPolicyRule[];
  readonly tags: readonly string[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly ResolvedToleration[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type ResolvedEnv =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly secret: string; readonly key: string; readonly optional: boolean }
  | { readonly name: string; readonly configMap: string; readonly key: string; readonly optional: boolean };

export type ResolvedEnvFrom =
  | { readonly secret: string; readonly prefix?: string; readonly optional: boolean }
  | { readonly configMap: string; readonly prefix?: string; readonly optional: boolean };

/** Quantities exactly as Kubernetes writes them. */
export interface ResolvedResources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

export interface ResolvedVolume {
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly subPath?: string;
  readonly source:
    | { readonly kind: 'configMap'; readonly name: string; readonly optional: boolean }
    | { readonly kind: 'secret'; readonly name: string; readonly optional: boolean }
    | { readonly kind: 'emptyDir'; readonly sizeLimit?: string };
}

export interface ResolvedPolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface ResolvedToleration {
  readonly key?: string;
  readonly operator: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export type ResultsFormat = 'junit' | 'tap' | 'gotest';

/** Where a suite's proof comes from. */
export type ResultsSpec =
  | { readonly from: 'stdout'; readonly format: ResultsFormat }
  | {
      readonly from: 'files';
      readonly format: ResultsFormat;
      /** Folder that the suite writes to. */
      readonly path: string;
      /** Glob of the result files, relative to `path`; all other files are kept as attachments. */
      readonly files: string;
      /** Limit of the packed folder. */
      readonly maxBytes: number;
      /** Name of the image of the collector, when the suite's own image lacks sh, tar, gzip, base64, sha256sum. */
      readonly collectorImage?: string;
    }
  /** The suite declares that its exit code is its only result. */
  | { readonly from: 'exit-code' };
