import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { collectorResources } from '../config/collector-resources.ts';
import { podPaths } from '../config/pod-paths.ts';
import type { ResolvedSuite, ResultsSpec } from '../config/resolved.ts';
import { collectorScript } from './collector-script.ts';
import { helpersOf } from './helpers-of.ts';
import { containerNames } from './names.ts';
import { commonLabels, objectMetadata } from './object-metadata.ts';
import { toolSecurityContext } from './pod-security.ts';
import { resultsVolume } from './suite-volumes.ts';

const objectKey = 'collector';
const scriptFile = 'collect.sh';

/** What a Collector is made of. */
export interface CollectorProps {
  /** Name of the Helm chart. */
  readonly chart: string;
}

/** The ConfigMap with the script that every collector container of the release runs. */
export class Collector extends HelmObject {
  /**
   * @param scope - a `TemplateFile` or other Chart; one a Helm chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart }: CollectorProps) {
    super(scope, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: objectMetadata(helpersOf(chart).objectName(objectKey), commonLabels(chart, 'collector')),
      data: { [scriptFile]: collectorScript },
    });
  }
}

export interface CollectorContainerProps {
  readonly suite: ResolvedSuite;
  readonly results: Extract<ResultsSpec, { from: 'files' }>;
  readonly image: ToolImage;
  /** A quota on `limits.cpu` refuses containers without that limit. */
  readonly limitCpu: boolean;
}

/** The image of a container beside the suite's. */
export interface ToolImage {
  readonly image: Templated<string>;
  readonly imagePullPolicy: Templated<string>;
  /** Whether it is another image than the suite's. */
  readonly own: boolean;
}

/** A native sidecar: it starts before the suite and gets SIGTERM when the suite has ended. */
export function collectorContainer({ suite, results, image, limitCpu }: CollectorContainerProps): Templated<k8s.Container> {
  return {
    name: containerNames.collector,
    image: image.image,
    imagePullPolicy: image.imagePullPolicy,
    command: ['/bin/sh', `${podPaths.collector}/${scriptFile}`],
    env: [
      { name: 'KUBESUITE_RESULTS', value: results.path },
      { name: 'KUBESUITE_MAX_BYTES', value: String(results.maxBytes) },
    ],
    resources: {
      requests: collectorResources.requests,
      limits: { ...(limitCpu && { cpu: '500m' }), ...collectorResources.limits },
    } as Templated<k8s.ResourceRequirements>,
    restartPolicy: 'Always',
    securityContext: toolSecurityContext(suite, image.own),
    volumeMounts: [
      { name: resultsVolume, mountPath: results.path },
      { name: 'collector', mountPath: podPaths.collector, readOnly: true },
      { name: 'collector-tmp', mountPath: podPaths.tmp },
    ],
  };
}

export function collectorVolumes(chart: string): readonly Templated<k8s.Volume>[] {
  return [
    { name: 'collector', configMap: { name: hole.string(helpersOf(chart).objectName(objectKey)), defaultMode: 0o555 } },
    { name: 'collector-tmp', emptyDir: { sizeLimit: '256Mi' } as Templated<k8s.EmptyDirVolumeSource> },
  ];
}
