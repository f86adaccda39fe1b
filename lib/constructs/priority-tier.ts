import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { hole } from '../chart/hole.ts';
import type { ResolvedType } from '../config/resolved.ts';
import { goString, helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { commonLabels } from './object-metadata.ts';

/** What a PriorityTier is made of. */
export interface PriorityTierProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The type whose pods have the priority. */
  readonly type: ResolvedType;
}

/**
 * The PriorityClass of a test type. Classes belong to the whole cluster, so they are opt-in. A chart
 * without one for each type must not be installed with `priorityClasses.create`: its Jobs would name
 * classes that there are not, and get no pods.
 */
export class PriorityTier extends HelmObject {
  /**
   * @param scope - a `TemplateFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, type }: PriorityTierProps) {
    super(
      scope,
      id,
      {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: {
          name: hole.string(helpersOf(chart).priorityClass(type.name)),
          labels: { ...commonLabels(chart, 'type'), [labels.type]: type.name },
        },
        description: `Suites of type ${type.name}`,
        globalDefault: false,
        // Tests wait in front of each other; they never push a running pod out.
        preemptionPolicy: 'Never',
        value: hole.int(`(index $.Values.types ${goString(type.name)}).priority`),
      },
      { controls: ['if $.Values.priorityClasses.create'] },
    );
  }
}
