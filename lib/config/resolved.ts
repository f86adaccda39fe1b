import type { StartMode } from './start-modes.ts';
import type { Layout } from './layout.ts';
import type { Trigger } from './triggers.ts';

/** The config after validation, inheritance (defaults < type < suite) and unit conversion. Plain JSON. */
export interface ResolvedConfig {
  /** Chart name and default release name. */
  readonly name: string;
  /** Images that suites run in, by name. */
  readonly images: Readonly<Record<string, ResolvedImage>>;
  /** What suites may talk to, by name. */
  readonly services: Readonly<Record<string, ResolvedService>>;
  /** Types of suites, by name. */
  readonly types: Readonly<Record<string, ResolvedType>>;
  /** In the order of the config file. */
  readonly suites: readonly ResolvedSuite[];
  /** What starts the suites of an installed chart. */
  readonly trigger: Trigger;
  /** When the Jobs of an installed chart start. */
  readonly start: StartMode;
  /** Whether each suite has a template file of its own, or all have one together. */
  readonly layout: Layout;
  /** Whether NetworkPolicies are rendered by default. */
  readonly networkPolicy: { readonly enabled: boolean };
  /** PriorityClasses are cluster-scoped, so rendering them is opt-in. */
  readonly priorityClasses: { readonly create: boolean };
  /** What `productionMode` switches. */
  readonly production: ResolvedProduction;
}

/** An image that suites run in. */
export interface ResolvedImage {
  /** Its key in `images`. */
  readonly name: string;
  /** `localhost` for images built here, else the registry host. */
  readonly registry: string;
  /** Path of the image in its registry. */
  readonly repository: string;
  /** For an image with a build context: the hash of the context's content. */
  readonly tag: string;
  /** `sha256:…`; wins over the tag. */
  readonly digest?: string;
  /** Absolute path of the build context; absent for a prebuilt image. */
  readonly context?: string;
  /** Absolute path of the Containerfile; absent: `Containerfile` or `Dockerfile` of the context. */
  readonly file?: string;
  /** When the kubelet pulls it. */
  readonly pullPolicy: PullPolicy;
}

/** When the kubelet pulls an image. */
export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** What `productionMode` switches, and nothing else. */
export interface ResolvedProduction {
  /** Replaces every image's registry; empty keeps them. */
  readonly registry: string;
  /** Pull policy of every image. */
  readonly pullPolicy: PullPolicy;
  /** Names of the Secrets to pull with. */
  readonly pullSecrets: readonly string[];
}

/** What suites may talk to. */
export interface ResolvedService {
  /** Its key in `services`. */
  readonly name: string;
  /** Port of the Service. */
  readonly port: number;
  /** The pods' port, which is what a NetworkPolicy sees after DNAT. */
  readonly targetPort: number;
  /** Protocol of the port. */
  readonly protocol: 'TCP' | 'UDP';
  /** Name or address that suites reach it by; absent: addresses outside of the cluster without one of their own. */
  readonly host?: string;
  /** Labels of the pods behind the Service. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Absent: the namespace of the release. */
  readonly namespace?: string;
  /** Targets outside of the cluster, instead of pod labels. */
  readonly cidrs?: readonly string[];
}

/** A type of suites: what they have in common beyond what each inherits. */
export interface ResolvedType {
  /** Its key in `types`. */
  readonly name: string;
  /** Value of its PriorityClass; higher starts first. */
  readonly priority: number;
  /** `hard` of its ResourceQuota; absent: no limit. */
  readonly quota?: Readonly<Record<string, string>>;
  /** Labels of the nodes that its suites may run on; absent: any. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that its suites tolerate. */
  readonly tolerations?: readonly ResolvedToleration[];
  /** Further labels of Jobs and pods. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Further annotations of Jobs and pods. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A suite with everything that it inherits, but for what values.yaml says of its type: placement, labels and annotations. */
export interface ResolvedSuite {
  /** Its key in `suites`. */
  readonly name: string;
  /** Name of one of `types`. */
  readonly type: string;
  /** Name of one of `images`. */
  readonly image: string;
  /** Replaces the image's entrypoint; absent: the image's own. */
  readonly command?: readonly string[];
  /** Arguments of the command; absent: the image's own. */
  readonly args?: readonly string[];
  /** Absolute path; absent: the image's own. */
  readonly workingDir?: string;
  /** Environment variables, in order. */
  readonly env: readonly ResolvedEnv[];
  /** Secrets and ConfigMaps whose keys become environment variables. */
  readonly envFrom: readonly ResolvedEnvFrom[];
  /** Requests and limits of the suite container. */
  readonly resources: ResolvedResources;
  /** Deadline of a pod, from its start on its node. */
  readonly timeoutSeconds: number;
  /** How long pulling and scheduling may take before the suite is an infrastructure error. */
  readonly startTimeoutSeconds: number;
  /** How often a failed suite runs again; 0: never. */
  readonly retries: number;
  /** How often a suite whose pod the cluster took away runs again. */
  readonly infraRetries: number;
  /** 1: not sharded. */
  readonly shards: number;
  /** Where its results come from. */
  readonly results: ResultsSpec;
  /** Names of suites that must pass before it starts. */
  readonly needs: readonly string[];
  /** Names of services that it may reach. */
  readonly uses: readonly string[];
  /** Names of services that it must not reach. */
  readonly denies: readonly string[];
  /** Holds the suite back until its network is as declared; absent: there is no guard. */
  readonly guard?: ResolvedGuard;
  /** Ports that it listens on; empty: nothing may connect. */
  readonly serves: readonly ResolvedServedPort[];
  /** What is mounted beside the results. */
  readonly volumes: readonly ResolvedVolume[];
  /** PodSecurity level that its pod keeps to. */
  readonly podSecurity: 'restricted' | 'baseline';
  /** User id of the containers, or the one that the image names. */
  readonly runAsUser: number | 'image';
  /** Rules of the suite's own Role; empty: no Role. */
  readonly rules: readonly ResolvedPolicyRule[];
  /** ClusterRoles that it has in the namespace of the release. Without them and rules it has no token. */
  readonly clusterRoles: readonly string[];
  /** Words to select suites by. */
  readonly tags: readonly string[];
  /** Labels of the nodes that it may run on, besides those of its type. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Taints that it tolerates, besides those of its type. */
  readonly tolerations: readonly ResolvedToleration[];
  /** Further labels of Job and pod, besides those of its type. */
  readonly labels: Readonly<Record<string, string>>;
  /** Further annotations of Job and pod, besides those of its type. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** What holds a suite back until its network is as declared. */
export interface ResolvedGuard {
  /** Longest time that it waits. */
  readonly timeoutSeconds: number;
  /** Name of the image that it runs in; absent: the suite's. */
  readonly image?: string;
}

/** A port of a suite that others may connect to. */
export interface ResolvedServedPort {
  /** Port of the pod and of the suite's Service. */
  readonly port: number;
  /** Protocol of the port. */
  readonly protocol: 'TCP' | 'UDP';
  /** Names of the services whose pods or addresses may connect. */
  readonly from: readonly string[];
}

/** An environment variable: a value, or a key of a Secret or ConfigMap. */
export type ResolvedEnv =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly secret: string; readonly key: string; readonly optional: boolean }
  | { readonly name: string; readonly configMap: string; readonly key: string; readonly optional: boolean };

/** A Secret or ConfigMap whose keys all become environment variables. */
export type ResolvedEnvFrom =
  | { readonly secret: string; readonly prefix?: string; readonly optional: boolean }
  | { readonly configMap: string; readonly prefix?: string; readonly optional: boolean };

/** Quantities exactly as Kubernetes writes them. */
export interface ResolvedResources {
  /** What the scheduler reserves, by resource. */
  readonly requests: Readonly<Record<string, string>>;
  /** What the container may use at most, by resource. */
  readonly limits: Readonly<Record<string, string>>;
}

/** A volume of the suite container. */
export interface ResolvedVolume {
  /** Absolute path in the container. */
  readonly mountPath: string;
  /** Whether the suite may only read it. */
  readonly readOnly: boolean;
  /** Part of the volume that is mounted; absent: all of it. */
  readonly subPath?: string;
  /** What is mounted. */
  readonly source:
    | { readonly kind: 'configMap'; readonly name: string; readonly optional: boolean }
    | { readonly kind: 'secret'; readonly name: string; readonly optional: boolean }
    | { readonly kind: 'emptyDir'; readonly sizeLimit?: string };
}

/** A rule of a suite's Role. */
export interface ResolvedPolicyRule {
  /** API groups; `''` is the core group. */
  readonly apiGroups: readonly string[];
  /** Kinds, in plural. */
  readonly resources: readonly string[];
  /** Names of objects; absent: all. */
  readonly resourceNames?: readonly string[];
  /** What the suite may do with them. */
  readonly verbs: readonly string[];
}

/** A taint that a suite tolerates, as Kubernetes writes it. */
export interface ResolvedToleration {
  /** Key of the taint; absent: all, with `Exists`. */
  readonly key?: string;
  /** How key and value are compared. */
  readonly operator: 'Exists' | 'Equal';
  /** Value of the taint, with `Equal`. */
  readonly value?: string;
  /** Effect of the taint; absent: all. */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Format of a result file. */
export type ResultsFormat = LogFormat | 'ctrf' | 'trx' | 'cucumber';

/** Format of results on stdout, where other lines may stand between them. */
export type LogFormat = 'junit' | 'tap' | 'gotest';

/** Where a suite's proof comes from. */
export type ResultsSpec =
  | { readonly from: 'stdout'; readonly format: LogFormat }
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
