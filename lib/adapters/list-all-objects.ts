import { BatchV1Api, CoreV1Api, type KubeConfig, type KubernetesObject, NetworkingV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import type { FoundObjects } from '../ports/cluster.ts';
import { statusOf } from './cluster-error.ts';

/** Sends a request, and again while the API server is away. */
type Ask = <T>(request: () => Promise<T>) => Promise<T>;

/** Every object in the namespace, of each kind that the chart can contain or cause and that the user may list. */
export async function listAllObjects(config: KubeConfig, namespace: string, labelSelector: string, ask: Ask): Promise<FoundObjects> {
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  const network = config.makeApiClient(NetworkingV1Api);
  const query = { namespace, labelSelector };
  const lists: Readonly<Record<string, () => Promise<{ items: KubernetesObject[] }>>> = {
    job: async () => batch.listNamespacedJob(query),
    pod: async () => core.listNamespacedPod(query),
    configmap: async () => core.listNamespacedConfigMap(query),
    service: async () => core.listNamespacedService(query),
    serviceaccount: async () => core.listNamespacedServiceAccount(query),
    resourcequota: async () => core.listNamespacedResourceQuota(query),
    role: async () => rbac.listNamespacedRole(query),
    rolebinding: async () => rbac.listNamespacedRoleBinding(query),
    networkpolicy: async () => network.listNamespacedNetworkPolicy(query),
  };
  const found = await Promise.all(
    Object.entries(lists).map(async ([kind, list]): Promise<FoundObjects> => {
      try {
        return { names: (await ask(list)).items.map(({ metadata }) => `${kind}/${metadata?.name ?? ''}`), deniedKinds: [] };
      } catch (error) {
        if (statusOf(error) === 403) return { names: [], deniedKinds: [kind] };
        throw error;
      }
    }),
  );
  return { names: found.flatMap(({ names }) => names), deniedKinds: found.flatMap(({ deniedKinds }) => deniedKinds) };
}
