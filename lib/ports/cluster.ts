import type { CoreV1Event, KubernetesObject, V1Condition, V1ConfigMap, V1CronJob, V1Job, V1Namespace, V1Node, V1Pod, V1ResourceQuota } from '@kubernetes/client-node';

/** What Kueue keeps of a Job, as far as it matters here. */
export interface QueuedWorkload extends KubernetesObject {
  readonly spec?: { readonly queueName?: string };
  readonly status?: { readonly conditions?: readonly V1Condition[] };
}

export interface Watched {
  readonly jobs: V1Job;
  readonly pods: V1Pod;
  /** Kueue's; when it is not there, or may not be read, nothing comes. */
  readonly workloads: QueuedWorkload;
  /** When they may not be read, nothing comes. */
  readonly resourcequotas: V1ResourceQuota;
  readonly events: CoreV1Event;
}

export type WatchedKind = keyof Watched;

export type Change = {
  [K in WatchedKind]: { readonly kind: K; readonly type: 'present' | 'deleted'; readonly object: Watched[K] };
}[WatchedKind];

/** Everything that was there at the beginning, of each kind, has been told. */
export interface Listed {
  readonly type: 'listed';
}

/** Whether the API server answers. Nothing comes while it does from the beginning on. */
export interface Contact {
  readonly type: 'contact';
  /** Why it does not, in one sentence; undefined: it answers again. */
  readonly lost: string | undefined;
}

export interface FollowOptions {
  readonly namespace: string;
  readonly kinds: readonly WatchedKind[];
  /** Applies to jobs and pods; Events and Kueue's Workloads do not have the labels, and quotas of others count too. */
  readonly labelSelector?: string;
  readonly signal: AbortSignal;
}

export interface LogOptions {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Each line begins with its time and a blank. */
  readonly timestamps?: boolean;
}

export interface ReadLogOptions extends LogOptions {
  /** ISO 8601; @default the beginning */
  readonly sinceTime?: string;
  /** Reads no more than the first of these bytes. */
  readonly limitBytes?: number;
  /** Of the container before its last restart. */
  readonly previous?: boolean;
}

export interface FoundObjects {
  /** As `kind/name`. */
  readonly names: readonly string[];
  /** Kinds that the user has no right to list. */
  readonly deniedKinds: readonly string[];
}

/**
 * The little of Kubernetes that a run needs. What fails throws a KubesuiteError: `CLUSTER_UNREACHABLE` when no answer came,
 * `CLUSTER_DENIED` when a right is missing, `CLUSTER_FAILED` for any other answer; all in the API server's words.
 */
export interface Cluster {
  readonly context: string;
  readonly server: string;
  /**
   * Lists, then watches: every object once, every change at least once. Resumes after a cut,
   * re-lists after 410 Gone (an object that vanished meanwhile comes as `deleted`).
   */
  follow(options: FollowOptions): AsyncIterable<Change | Listed | Contact>;
  readLog(options: ReadLogOptions): Promise<string>;
  /** The log from its beginning, as it comes; ends with the container or when `signal` aborts. */
  followLog(options: LogOptions, signal: AbortSignal): AsyncIterable<string>;
  /** Undefined when there is none. */
  readConfigMap(namespace: string, name: string): Promise<V1ConfigMap | undefined>;
  /** Undefined when there is none. */
  readNode(name: string): Promise<V1Node | undefined>;
  /** Undefined when there is none. */
  readNamespace(name: string): Promise<V1Namespace | undefined>;
  listPods(namespace: string, labelSelector: string): Promise<readonly V1Pod[]>;
  listEvents(namespace: string): Promise<readonly CoreV1Event[]>;
  listJobs(namespace: string, labelSelector: string): Promise<readonly V1Job[]>;
  listCronJobs(namespace: string, labelSelector: string): Promise<readonly V1CronJob[]>;
  /** The Job as the API server keeps it. */
  createJob(namespace: string, job: V1Job): Promise<V1Job>;
  /** Starts a suspended Job; one that runs already stays as it is. No such Job is no error. */
  releaseJob(namespace: string, job: { readonly name: string; readonly uid: string }): Promise<void>;
  /** Deletes Jobs; their pods follow in the background. No Job is no error. */
  deleteJobs(namespace: string, labelSelector: string): Promise<void>;
  /** Every object in the namespace that matches. */
  listAll(namespace: string, labelSelector: string): Promise<FoundObjects>;
  /** Ends pods with a shorter grace period than their own, also those that are ending. No pod is no error. */
  endPods(namespace: string, labelSelector: string, graceSeconds: number): Promise<void>;
}
