import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import type { Templated } from '../chart/hole.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { commonLabels, objectMetadata, suiteSelector } from './object-metadata.ts';

/** What a SuiteService is made of. */
export interface SuiteServiceProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** A suite with `serves`. */
  readonly suite: ResolvedSuite;
}

/** The Service by which others reach a suite: a webhook's receiver, a mock, the target of a load generator. */
export class SuiteService extends HelmObject {
  /**
   * @param scope - a `SuiteFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, suite }: SuiteServiceProps) {
    const spec: Templated<k8s.ServiceSpec> = {
      selector: suiteSelector(suite.name) as Record<string, string>,
      // A suite has no readiness; whoever is told its name may call at once.
      publishNotReadyAddresses: true,
      ports: suite.serves.map(({ port, protocol }) => ({ name: `${protocol.toLowerCase()}-${port}`, port, targetPort: port, protocol })),
    };
    const metadata = objectMetadata(helpersOf(chart).objectName(suite.name), { ...commonLabels(chart, 'suite'), [labels.suite]: suite.name });
    super(scope, id, { apiVersion: 'v1', kind: 'Service', metadata, spec });
  }
}
