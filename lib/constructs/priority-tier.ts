import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { hole } from '../chart/hole.ts';
import type { ResolvedType } from '../config/resolved.ts';
import { helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { commonLabels } from './object-metadata.ts';

export interface PriorityTierProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  readonly type: ResolvedType;
}

/** The PriorityClass of a test type. Classes belong to the whole cluster, so they are opt-in. */
export class PriorityTier extends HelmObject {
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
        value: type.priority,
      },
      { controls: ['if $.Values.priorityClasses.create'] },
    );
  }
}
