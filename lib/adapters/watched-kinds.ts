import { BatchV1Api, CoreV1Api, CustomObjectsApi, type KubeConfig, type KubernetesListObject, type KubernetesObject } from '@kubernetes/client-node';
import type { QueuedWorkload, WatchedKind } from '../ports/cluster.ts';

export interface ListQuery {
  readonly namespace: string;
  readonly labelSelector?: string | undefined;
  readonly limit?: number;
}

interface Watchable {
  /** Of the API, without a slash around it. */
  readonly path: string;
  /** Without the right to read these, or in a cluster that does not know them, a run goes on. */
  readonly isOptional?: true;
  /** Whether the objects of a release have its labels. */
  readonly isLabelled?: true;
  list(config: KubeConfig, query: ListQuery): Promise<KubernetesListObject<KubernetesObject>>;
}

const kueue = { group: 'kueue.x-k8s.io', version: 'v1beta1' } as const;

/** How each kind is listed and watched. */
export const watchedKinds: Readonly<Record<WatchedKind, Watchable>> = {
  jobs: {
    path: 'apis/batch/v1',
    isLabelled: true,
    list: async (config, query) => config.makeApiClient(BatchV1Api).listNamespacedJob(query),
  },
  pods: {
    path: 'api/v1',
    isLabelled: true,
    list: async (config, query) => config.makeApiClient(CoreV1Api).listNamespacedPod(query),
  },
  events: {
    path: 'api/v1',
    list: async (config, query) => config.makeApiClient(CoreV1Api).listNamespacedEvent(query),
  },
  resourcequotas: {
    path: 'api/v1',
    isOptional: true,
    list: async (config, query) => config.makeApiClient(CoreV1Api).listNamespacedResourceQuota(query),
  },
  workloads: {
    path: `apis/${kueue.group}/${kueue.version}`,
    isOptional: true,
    list: async (config, query) => (await config.makeApiClient(CustomObjectsApi).listNamespacedCustomObject({ ...kueue, ...query, plural: 'workloads' })) as KubernetesListObject<QueuedWorkload>,
  },
};
