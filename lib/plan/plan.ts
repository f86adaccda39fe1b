import type { ReleaseSize } from '../config/release-size.ts';
import type { ResolvedResources, ResolvedSuite, ResolvedType } from '../config/resolved.ts';
import type { StartMode } from '../config/start-modes.ts';

/** What a config will run: as whom, what it may talk to, with which limits and in what order. Plain JSON, made without a cluster. */
export interface Plan {
  /** Version of this shape. Fields may be added to it; a change that breaks readers gets a new number. */
  readonly version: 1;
  /** Name of the chart, and of the release unless another is given. */
  readonly name: string;
  /** Whether all Jobs start at once, or one after another in the order of the plan. */
  readonly start: StartMode;
  /** Whether NetworkPolicies hold the suites' pods. Without, they may talk to everything. */
  readonly networkPolicy: boolean;
  /** Whether each type has a PriorityClass. Without, Kubernetes starts suites in any order, and each quota counts all types. */
  readonly priorityClasses: boolean;
  /** The images that the suites run in. */
  readonly images: readonly PlanImage[];
  /** The types of the suites, in the order of their start. */
  readonly types: readonly PlanType[];
  /** The suites that run, in the order of their start; within a stage, by priority and then in the order of the config. */
  readonly suites: readonly PlanSuite[];
  /** Suites of the config that were not chosen. */
  readonly leftOut: readonly string[];
  /** All suites together. */
  readonly totals: PlanTotals;
  /** What Helm keeps of the chart in the cluster; absent: it was not estimated. */
  readonly release?: ReleaseSize;
}

/** An image that suites run in. */
export interface PlanImage {
  /** Its key in `images`. */
  readonly name: string;
  /** What pods name. */
  readonly reference: string;
  /** What pods name in production mode. */
  readonly productionReference: string;
  /** Whether it is built from the project. */
  readonly built: boolean;
}

/** A type of suites. */
export interface PlanType extends ResolvedType {
  /** 1 … n: types of a lower stage have a higher priority and start first. */
  readonly stage: number;
  /** How many of its suites run. */
  readonly suites: number;
  /** How many Jobs these make. */
  readonly jobs: number;
}

/** A suite that runs. */
export interface PlanSuite {
  /** Its key in `suites`. */
  readonly name: string;
  /** 1 … n: suites of a lower stage start first. It is that of the type, and a later one than those of all suites that it needs. */
  readonly stage: number;
  /** Keys of its Jobs, `worker` or `worker-1`, `worker-2`. */
  readonly jobs: readonly string[];
  /** Its ServiceAccount, in a release that has the name of the chart. */
  readonly serviceAccount: string;
  /** Whether its pod has a token for the Kubernetes API. */
  readonly token: boolean;
  /** What it may talk to; absent: everything, as there is no NetworkPolicy. */
  readonly reaches?: readonly PlanTarget[];
  /** Ports on which others may call it; absent: none. */
  readonly serves?: readonly PlanServedPort[];
  /** What the collector beside it requests and may use; absent: it has none. */
  readonly collector?: ResolvedResources;
  /** Everything that the config says of it, after inheritance: defaults, then its type, then the suite itself. */
  readonly settings: ResolvedSuite;
}

/** What a suite may talk to. */
export type PlanTarget =
  | { readonly kind: 'dns' }
  | { readonly kind: 'kubernetes-api' }
  | ({
      readonly kind: 'service';
      /** Its key in `services`. */
      readonly name: string;
      /** Transport protocol. */
      readonly protocol: 'TCP' | 'UDP';
      /** Port of the pods, which is what a NetworkPolicy sees. */
      readonly port: number;
    } & PlanPlace);

/** Where a service is. */
export interface PlanPlace {
  /** Labels of its pods, for a service in the cluster. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Namespace of its pods; absent: that of the release. */
  readonly namespace?: string;
  /** Addresses outside of the cluster. */
  readonly cidrs?: readonly string[];
}

/** A port that a suite serves. */
export interface PlanServedPort {
  /** Port of its Service and its pod. */
  readonly port: number;
  /** Transport protocol. */
  readonly protocol: 'TCP' | 'UDP';
  /** Who may connect, by the key in `services`; absent: everything, as there is no NetworkPolicy. */
  readonly callers?: readonly (PlanPlace & { readonly name: string })[];
}

/** All suites of a plan together. */
export interface PlanTotals {
  /** How many suites run. */
  readonly suites: number;
  /** How many Jobs these make. */
  readonly jobs: number;
  /** CPU and memory that all pods request if they run at the same time, collectors included. */
  readonly requests: Readonly<Record<'cpu' | 'memory', string>>;
}
