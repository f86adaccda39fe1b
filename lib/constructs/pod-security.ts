import type { k8s } from 'cdk8s-plus-28';
import type { Templated } from '../chart/hole.ts';
import type { ResolvedSuite } from '../config/resolved.ts';

type Suite = Pick<ResolvedSuite, 'podSecurity' | 'runAsUser'>;

/** Not root, and the group that may write to the pod's emptyDirs. */
const defaultId = 1000;

export function podSecurityContext({ podSecurity, runAsUser }: Suite): Templated<k8s.PodSecurityContext> {
  return {
    ...(podSecurity === 'restricted' && { runAsNonRoot: true }),
    ...(runAsUser !== 'image' && { runAsUser }),
    fsGroup: defaultId,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** `baseline` leaves the suite's container the runtime's capabilities, nothing else changes. */
export function suiteSecurityContext({ podSecurity }: Suite): Templated<k8s.SecurityContext> | undefined {
  return podSecurity === 'restricted' ? { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } : undefined;
}

/** Of the containers beside the suite's. */
export function toolSecurityContext(suite: Suite, ownImage: boolean): Templated<k8s.SecurityContext> {
  return {
    allowPrivilegeEscalation: false,
    // Files of a suite that runs as root and drops to another user would be closed to a root without it.
    capabilities: { drop: ['ALL'], ...(suite.podSecurity === 'baseline' && { add: ['DAC_OVERRIDE'] }) },
    // Small tool images run as root unless told otherwise.
    ...(ownImage && suite.podSecurity === 'restricted' && suite.runAsUser === 'image' && { runAsUser: defaultId }),
  };
}
