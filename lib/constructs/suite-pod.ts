import type { k8s } from 'cdk8s-plus-28';
import { each, hole, when } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { hasRights } from '../config/has-rights.ts';
import { imagesOf } from '../config/images-of.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { collectorContainer, collectorVolumes } from './collector.ts';
import { helpersOf } from './helpers-of.ts';
import { containerNames } from './names.ts';
import { guardContainer, guardVolume, type NetworkContract } from './network-guard.ts';
import { eachEntry } from './object-metadata.ts';
import { podSecurityContext, suiteSecurityContext } from './pod-security.ts';
import type { ToolImage } from './script-container.ts';
import { suiteEnv, suiteEnvFrom } from './suite-env.ts';
import { suiteVolumes } from './suite-volumes.ts';

export interface SuitePodProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  readonly suite: ResolvedSuite;
  /** What a guard holds the suite back for. */
  readonly network: NetworkContract;
}

/** The pod of a suite, as the PodSecurity level that the suite declares admits it. */
export function suitePod({ chart, suite, network }: SuitePodProps): Templated<k8s.PodSpec> {
  const helpers = helpersOf(chart);
  const { volumes, mounts } = suiteVolumes(suite);
  const { results } = suite;
  const collector =
    results.from === 'files'
      ? [collectorContainer({ chart, suite, results, image: toolImage(chart, suite, results.collectorImage) })]
      : [];
  const guard = suite.guard === undefined ? [] : [guardContainer({ chart, suite, guard: suite.guard, contract: network, image: toolImage(chart, suite, suite.guard.image) })];
  return {
    // The kubelet ends the pod and keeps it, with its logs; the Job's own deadline would delete it.
    activeDeadlineSeconds: hole.int('$suite.timeoutSeconds'),
    automountServiceAccountToken: hasRights(suite),
    containers: [suiteContainer(chart, suite, mounts)],
    enableServiceLinks: false,
    ...when(`with ${helpers.pullSecrets(imagesOf(suite))}`, { imagePullSecrets: each('range .', [{ name: hole.string('.') }]) }),
    // The guard first: when it gives up, there is no collector to wait for.
    ...(guard.length + collector.length > 0 && { initContainers: [...guard, ...collector] }),
    ...when(`with ${helpers.merged('nodeSelector', suite.type)}`, { nodeSelector: eachEntry('.') }),
    ...when('if $.Values.priorityClasses.create', { priorityClassName: hole.string(helpers.priorityClass(suite.type)) }),
    restartPolicy: 'Never',
    securityContext: podSecurityContext(suite),
    serviceAccountName: hole.string(helpers.objectName(suite.name)),
    terminationGracePeriodSeconds: 30,
    ...when(`with ${helpers.joined('tolerations', suite.type)}`, { tolerations: hole.block('.') }),
    volumes: [...volumes, ...(guard.length > 0 ? [guardVolume(chart)] : []), ...(collector.length > 0 ? collectorVolumes(chart) : [])],
  };
}

function suiteContainer(chart: string, suite: ResolvedSuite, mounts: readonly Templated<k8s.VolumeMount>[]): Templated<k8s.Container> {
  const security = suiteSecurityContext(suite);
  return {
    name: containerNames.suite,
    ...imageOf(chart, suite.image),
    ...(suite.command !== undefined && { command: suite.command }),
    ...(suite.args !== undefined && { args: suite.args }),
    env: suiteEnv(suite, chart),
    ...(suite.envFrom.length > 0 && { envFrom: suiteEnvFrom(suite.envFrom) }),
    resources: hole.block(helpersOf(chart).resources(suite.type)),
    ...(security !== undefined && { securityContext: security }),
    volumeMounts: mounts,
    ...(suite.workingDir !== undefined && { workingDir: suite.workingDir }),
  };
}

function imageOf(chart: string, image: string) {
  const helpers = helpersOf(chart);
  return { image: hole.string(helpers.image(image)), imagePullPolicy: hole.string(helpers.pullPolicy(image)) };
}

function toolImage(chart: string, suite: ResolvedSuite, named = suite.image): ToolImage {
  return { ...imageOf(chart, named), own: named !== suite.image };
}
