import { BatchV1Api, CoreV1Api, NetworkingV1Api, RbacAuthorizationV1Api, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';

/** Every object in the namespace, of each kind that the chart can contain or cause, as `kind/name`. */
export async function listAllObjects(config: KubeConfig, namespace: string, labelSelector: string): Promise<readonly string[]> {
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  const network = config.makeApiClient(NetworkingV1Api);
  const query = { namespace, labelSelector };
  const lists: Readonly<Record<string, Promise<{ items: KubernetesObject[] }>>> = {
    job: batch.listNamespacedJob(query),
    pod: core.listNamespacedPod(query),
    configmap: core.listNamespacedConfigMap(query),
    serviceaccount: core.listNamespacedServiceAccount(query),
    resourcequota: core.listNamespacedResourceQuota(query),
    role: rbac.listNamespacedRole(query),
    rolebinding: rbac.listNamespacedRoleBinding(query),
    networkpolicy: network.listNamespacedNetworkPolicy(query),
  };
  const named = await Promise.all(
    Object.entries(lists).map(async ([kind, list]) => (await list).items.map(({ metadata }) => `${kind}/${metadata?.name ?? ''}`)),
  );
  return named.flat();
}
