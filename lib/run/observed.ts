/** What matters of a Job. */
export interface JobSnapshot {
  /** Name of the Job. */
  readonly name: string;
  /** Its uid. */
  readonly uid: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Whether it is gone or going. */
  readonly deleted: boolean;
  /** Whether it waits for somebody to start it. */
  readonly suspended: boolean;
  /** Name of Kueue's LocalQueue that decides when it starts. */
  readonly queue?: string;
  /** Terminal condition, when there is one. */
  readonly condition?: { readonly type: 'Complete' | 'Failed'; readonly reason: string; readonly message: string; readonly at: string };
}

/** What matters of Kueue's record of a Job. */
export interface QueueSnapshot {
  /** Uid of the Workload. */
  readonly uid: string;
  /** Whether the Job may run. */
  readonly admitted: boolean;
  /** Why it may not, in Kueue's words; empty: not said yet. */
  readonly message: string;
}

/** What a pod of a Job asks of quotas. */
export interface PodDemand {
  /** By resource, `cpu` or `memory`; all containers together. */
  readonly requests: Readonly<Record<string, string>>;
  /** The same of their limits. */
  readonly limits: Readonly<Record<string, string>>;
  /** Name of its PriorityClass. */
  readonly priorityClass?: string;
}

/** What matters of a ResourceQuota. */
export interface QuotaSnapshot {
  /** Name of the ResourceQuota. */
  readonly name: string;
  /** The most of each resource, `pods` or `requests.cpu`. */
  readonly hard: Readonly<Record<string, string>>;
  /** What is in use, as Kubernetes has counted it. */
  readonly used: Readonly<Record<string, string>>;
  /** Which pods it counts; empty: all. */
  readonly scopes: readonly QuotaScope[];
}

/** Which pods a quota counts. */
export interface QuotaScope {
  /** `Terminating`, `PriorityClass` … */
  readonly name: string;
  /** `Exists`, `In`, `NotIn` or `DoesNotExist`. */
  readonly operator: string;
  /** What `In` and `NotIn` compare with. */
  readonly values: readonly string[];
}

/** What matters of a pod. */
export interface PodSnapshot {
  /** Name of the pod. */
  readonly name: string;
  /** Its uid. */
  readonly uid: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** When the kubelet took it, from which its deadline counts. */
  readonly startedAt: string;
  /** Whether it is gone or going. */
  readonly deleted: boolean;
  /** When somebody asked for that, ISO 8601; empty: nobody did, or it is not known. */
  readonly deletedAt: string;
  /** Whether it is gone, with its log. */
  readonly gone: boolean;
  /** `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`. */
  readonly phase: string;
  /** `DeadlineExceeded`, `Evicted`, `NodeLost` … */
  readonly reason: string;
  /** The pod's own message. */
  readonly message: string;
  /** Name of its node; empty: not scheduled. */
  readonly node: string;
  /** Whether it has a node. */
  readonly scheduled: boolean;
  /** When it got its node, ISO 8601. */
  readonly scheduledAt?: string;
  /** Message of the PodScheduled condition while it is False. */
  readonly unschedulable: string;
  /** Reason of the DisruptionTarget condition. */
  readonly disruption: string;
  /** Its message. */
  readonly disruptionMessage: string;
  /** Since when, ISO 8601. */
  readonly disruptedAt: string;
  /** The suite container. */
  readonly suite: ContainerSnapshot;
  /** The collector container, when there is one. */
  readonly collector?: ContainerSnapshot;
  /** The network guard, when there is one. */
  readonly guard?: ContainerSnapshot;
}

/** What matters of a node. */
export interface NodeSnapshot {
  /** Name of the node. */
  readonly name: string;
  /** Whether it takes no new pods, as while it is drained. */
  readonly cordoned: boolean;
  /** Its Ready condition. */
  readonly ready: { readonly status: string; readonly reason: string; readonly message: string; readonly at: string };
  /** `DiskPressure`, `MemoryPressure`, `PIDPressure`, as far as they are true. */
  readonly pressures: readonly string[];
}

/** What matters of a container. */
export interface ContainerSnapshot {
  /** What it does. */
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown';
  /** `ErrImagePull`, `CreateContainerConfigError`, `OOMKilled`, `Error` … */
  readonly reason: string;
  /** Message of the state; of the collector and the guard: what they say at their end. */
  readonly message: string;
  /** Once it has ended. */
  readonly exitCode?: number;
  /** ISO 8601. */
  readonly startedAt?: string;
  /** ISO 8601. */
  readonly finishedAt?: string;
}

/** What matters of a Kubernetes Event. */
export interface ClusterEventSnapshot {
  /** Its uid. */
  readonly uid: string;
  /** `Normal` or `Warning`. */
  readonly type: string;
  /** One word, such as `FailedScheduling`. */
  readonly reason: string;
  /** Its text. */
  readonly message: string;
  /** How often it happened. */
  readonly count: number;
  /** When it happened first, ISO 8601. */
  readonly firstAt: string;
  /** When it happened last, ISO 8601. */
  readonly at: string;
  /** Kind and name of what it is about. */
  readonly object: string;
}
