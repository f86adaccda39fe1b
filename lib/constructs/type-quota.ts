import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { hole, when } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import type { ResolvedType } from '../config/resolved.ts';
import { goString, helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { commonLabels, objectMetadata } from './object-metadata.ts';

/** What a TypeQuota is made of. */
export interface TypeQuotaProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The type whose pods it counts. */
  readonly type: ResolvedType;
}

/**
 * What the pods of a test type may use together. Only PriorityClasses tell types apart; without
 * them it counts every pod with a deadline in the namespace, which an application's pods are not.
 */
export class TypeQuota extends HelmObject {
  /**
   * @param scope - a `TemplateFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, type }: TypeQuotaProps) {
    const helpers = helpersOf(chart);
    const quota = `(index $.Values.types ${goString(type.name)}).quota`;
    const classes = '$.Values.priorityClasses.create';
    const spec: Templated<k8s.ResourceQuotaSpec> = {
      hard: hole.block(quota),
      ...when(`if ${classes}`, {
        scopeSelector: {
          matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: [hole.string(helpers.priorityClass(type.name))] }],
        },
      }),
      ...when(`if not ${classes}`, { scopes: ['Terminating'] }),
    };
    const metadata = objectMetadata(helpers.quotaName(type.name), { ...commonLabels(chart, 'type'), [labels.type]: type.name });
    super(scope, id, { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec }, { controls: [`if ${quota}`] });
  }
}
