import type { k8s } from 'cdk8s-plus-28';
import { hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { collectorCpuLimit, collectorResources } from '../config/collector-resources.ts';
import { podPaths } from '../config/pod-paths.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { helpersOf } from './helpers-of.ts';
import { toolSecurityContext } from './pod-security.ts';

/** The image of a container beside the suite's. */
export interface ToolImage {
  readonly image: Templated<string>;
  readonly imagePullPolicy: Templated<string>;
  /** Whether it is another image than the suite's. */
  readonly own: boolean;
}

export interface ScriptContainerProps {
  /** Name of the container. */
  readonly name: string;
  /** Key of the ConfigMap with the script; its volume is called so too. */
  readonly key: string;
  /** File of the script in the ConfigMap. */
  readonly file: string;
  /** Name of the Helm chart. */
  readonly chart: string;
  readonly suite: ResolvedSuite;
  readonly image: ToolImage;
  readonly env: Templated<readonly k8s.EnvVar[]>;
}

/** A small container of ours in a suite's pod: it runs a script out of a ConfigMap. */
export function scriptContainer({ name, key, file, chart, suite, image, env }: ScriptContainerProps) {
  return {
    name,
    image: image.image,
    imagePullPolicy: image.imagePullPolicy,
    command: ['/bin/sh', `${podPaths.collector}/${file}`],
    env,
    resources: {
      requests: collectorResources.requests,
      limits: hole.block(helpersOf(chart).toolLimits(suite.type, { cpu: collectorCpuLimit, ...collectorResources.limits })),
    } as Templated<k8s.ResourceRequirements>,
    securityContext: toolSecurityContext(suite, image.own),
    volumeMounts: [{ name: key, mountPath: podPaths.collector, readOnly: true }],
  };
}

/** The volume with the script. */
export function scriptVolume(chart: string, key: string): Templated<k8s.Volume> {
  return { name: key, configMap: { name: hole.string(helpersOf(chart).objectName(key)), defaultMode: 0o555 } };
}
