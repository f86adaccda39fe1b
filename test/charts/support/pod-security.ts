import type { PodSpec } from './kube-object.ts';

const allowedVolumes = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret']);
const allowedProfiles = new Set(['RuntimeDefault', 'Localhost']);

/** What PodSecurity admission at level `restricted` would say against the pod. */
export function restrictedViolations(pod: PodSpec): readonly string[] {
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  return [
    ...baselineViolations(pod),
    ...(pod.volumes ?? []).flatMap((volume) =>
      Object.keys(volume).filter((key) => key !== 'name' && !allowedVolumes.has(key)).map((key) => `volume of type ${key}`),
    ),
    ...(pod.securityContext?.runAsUser === 0 ? ['pod runs as user 0'] : []),
    ...containers.flatMap(({ name, securityContext = {} }) => {
      const profile = securityContext.seccompProfile?.type ?? pod.securityContext?.seccompProfile?.type;
      return [
        ...(securityContext.allowPrivilegeEscalation === false ? [] : [`${name}: allowPrivilegeEscalation`]),
        ...(securityContext.capabilities?.drop?.includes('ALL') ? [] : [`${name}: does not drop ALL`]),
        ...(securityContext.capabilities?.add ?? []).filter((added) => added !== 'NET_BIND_SERVICE').map((added) => `${name}: adds ${added}`),
        ...((securityContext.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) ? [] : [`${name}: may run as root`]),
        ...(securityContext.runAsUser === 0 ? [`${name}: runs as user 0`] : []),
        ...(profile !== undefined && allowedProfiles.has(profile) ? [] : [`${name}: no seccomp profile`]),
      ];
    }),
  ];
}

const baselineCapabilities = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
]);

/** What PodSecurity admission at level `baseline` would say against the pod. */
export function baselineViolations(pod: PodSpec): readonly string[] {
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  return [
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => pod[field] === true),
    ...(pod.volumes ?? []).filter((volume) => 'hostPath' in volume).map(() => 'volume of type hostPath'),
    ...containers.flatMap(({ name, securityContext = {} }) => [
      ...(securityContext.privileged === true ? [`${name}: privileged`] : []),
      ...(securityContext.capabilities?.add ?? []).filter((added) => !baselineCapabilities.has(added)).map((added) => `${name}: adds ${added}`),
      ...(securityContext.seccompProfile?.type === 'Unconfined' ? [`${name}: unconfined`] : []),
    ]),
  ];
}
