import type { ResolvedSuite } from './resolved.ts';

/** Only then does the pod get a token, and may reach the Kubernetes API. */
export function hasRights({ rules, clusterRoles }: Pick<ResolvedSuite, 'rules' | 'clusterRoles'>): boolean {
  return rules.length + clusterRoles.length > 0;
}
