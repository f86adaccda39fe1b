/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { hole } from '../chart/hole.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { commonLabels, objectMetadata } from './object-metadata.ts';

/** What a SuiteIdentity is made of. */
export interface SuiteIdentityProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The suite whose pods it is for. */
  readonly suite: ResolvedSuite;
}

/** A ServiceAccount for each suite; Role, bindings and a token only for one that declares rights. */
export class SuiteIdentity extends Construct {
  /**
   * @param scope - a `SuiteFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, suite }: SuiteIdentityProps) {
    super(scope, id);
    const name = helpersOf(chart).objectName(suite.name);
    const metadata = objectMetadata(name, { ...commonLabels(chart, 'suite'), [labels.suite]: suite.name });
    // The pod says itself whether it gets a token.
    new HelmObject(this, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
    const subjects = [{ kind: 'ServiceAccount', name: hole.string(name), namespace: hole.string('$.Release.Namespace') }];
    const bind = (key: string, binding: ReturnType<typeof objectMetadata>, roleRef: object): void => {
      new HelmObject(this, key, { apiVersion: `${apiGroup}/v1`, kind: 'RoleBinding', metadata: binding, roleRef: { apiGroup, ...roleRef }, subjects });
    };
    if (suite.rules.length > 0) {
      new HelmObject(this, 'role', { apiVersion: `${apiGroup}/v1`, kind: 'Role', metadata, rules: suite.rules });
      bind('binding', metadata, { kind: 'Role', name: hole.string(name) });
    }
    for (const clusterRole of suite.clusterRoles) {
      // A binding in a namespace gives the rights of a ClusterRole there and nowhere else.
      const ownMetadata = objectMetadata(helpersOf(chart).objectName(`${suite.name}:${clusterRole}`), metadata.labels ?? {});
      bind(`binding-${clusterRole}`, ownMetadata, { kind: 'ClusterRole', name: clusterRole });
    }
  }
}

const apiGroup = 'rbac.authorization.k8s.io';
