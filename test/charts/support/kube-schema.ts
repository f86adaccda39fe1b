import { Deployment } from 'kubernetes-models/apps/v1';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { PriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1';
import { ConfigMap, ResourceQuota, Secret, Service, ServiceAccount } from 'kubernetes-models/v1';
import type { KubeObject } from './kube-object.ts';

interface Model {
  validate(): void;
}

const models: Readonly<Record<string, new (object: never) => Model>> = {
  ConfigMap, CronJob, Deployment, Job, NetworkPolicy, PriorityClass, ResourceQuota, Role, RoleBinding, Secret, Service, ServiceAccount,
};

/** What the schema of Kubernetes has against an object; a kind that is not listed above is a problem too. */
export function findSchemaProblems(object: KubeObject): readonly string[] {
  const Constructor = models[object.kind];
  if (Constructor === undefined) return [`${object.kind} is unexpected`];
  try {
    new Constructor(object as never).validate();
    return [];
  } catch (error) {
    return [`${object.kind}/${object.metadata.name}: ${(error as Error).message}`];
  }
}
