import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import type { Templated } from '../chart/hole.ts';
import { podPaths } from '../config/pod-paths.ts';
import type { ResolvedSuite, ResultsSpec } from '../config/resolved.ts';
import { collectorScript } from './collector-script.ts';
import { helpersOf } from './helpers-of.ts';
import { containerNames } from './names.ts';
import { commonLabels, objectMetadata } from './object-metadata.ts';
import { scriptContainer, scriptVolume, type ToolImage } from './script-container.ts';
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

export interface CollectorContainerProps extends CollectorProps {
  readonly suite: ResolvedSuite;
  readonly results: Extract<ResultsSpec, { from: 'files' }>;
  readonly image: ToolImage;
}

/** A native sidecar: it starts before the suite and gets SIGTERM when the suite has ended. */
export function collectorContainer({ chart, suite, results, image }: CollectorContainerProps): Templated<k8s.Container> {
  const env = [
    { name: 'KUBESUITE_RESULTS', value: results.path },
    { name: 'KUBESUITE_MAX_BYTES', value: String(results.maxBytes) },
    { name: 'KUBESUITE_POD', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
  ];
  const container = scriptContainer({ name: containerNames.collector, key: objectKey, file: scriptFile, chart, suite, image, env });
  return {
    ...container,
    restartPolicy: 'Always',
    volumeMounts: [{ name: resultsVolume, mountPath: results.path }, ...container.volumeMounts, { name: 'collector-tmp', mountPath: podPaths.tmp }],
  };
}

export function collectorVolumes(chart: string): readonly Templated<k8s.Volume>[] {
  return [scriptVolume(chart, objectKey), { name: 'collector-tmp', emptyDir: { sizeLimit: '256Mi' } as Templated<k8s.EmptyDirVolumeSource> }];
}
