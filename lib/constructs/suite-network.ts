import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { each, when } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { hasRights } from '../config/has-rights.ts';
import type { ResolvedServedPort, ResolvedService, ResolvedSuite } from '../config/resolved.ts';
import { helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { eachCidr, ifNetworkPolicies, namespaceNamed, ports, type EgressRule, type Peer } from './network-rules.ts';
import { commonLabels, objectMetadata, suiteSelector } from './object-metadata.ts';

/** What a SuiteNetwork is made of. */
export interface SuiteNetworkProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The suite whose pods it is for. */
  readonly suite: ResolvedSuite;
  /** What the suite's `uses` stand for. */
  readonly services: readonly ResolvedService[];
  /**
   * All services of the config, which the suite's `serves` name.
   * @default those in `services`
   */
  readonly callers?: readonly ResolvedService[];
}

type IngressRule = Templated<k8s.NetworkPolicyIngressRule>;

/**
 * What a suite declares beyond `DefaultNetwork`: the services it uses, the API server for one with rights, and who may call what it serves.
 * A suite that declares nothing needs none.
 */
export class SuiteNetwork extends HelmObject {
  /**
   * @param scope - a `SuiteFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, suite, services, callers = services }: SuiteNetworkProps) {
    const ingress = suite.serves.map((served) => fromCallers(served, callers));
    const egress = egressOf(suite, services);
    const spec: Templated<k8s.NetworkPolicySpec> = {
      podSelector: { matchLabels: suiteSelector(suite.name) as Record<string, string> },
      policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(Object.keys(egress).length > 0 ? ['Egress'] : [])],
      ...(ingress.length > 0 && { ingress }),
      ...egress,
    };
    const metadata = objectMetadata(helpersOf(chart).objectName(suite.name), { ...commonLabels(chart, 'suite'), [labels.suite]: suite.name });
    super(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec }, { controls: [ifNetworkPolicies] });
  }

  /** Whether a suite declares anything that it needs one for. */
  static isNeeded(suite: ResolvedSuite): boolean {
    return suite.uses.length > 0 || suite.serves.length > 0 || hasRights(suite);
  }
}

/** An API server cannot be named by labels, so its addresses are a value. */
const withApiServer = 'with $.Values.networkPolicy.apiServerCidrs';
const toApiServer = { to: eachCidr('.'), ports: ports(['TCP'], [443, 6443]) } as EgressRule;

/** No list where it would be empty: Helm would make nothing of it. */
function egressOf(suite: ResolvedSuite, services: readonly ResolvedService[]): { readonly egress?: readonly EgressRule[] } {
  const rules = services.map(toService);
  if (!hasRights(suite)) return rules.length > 0 ? { egress: rules } : {};
  return rules.length > 0 ? { egress: [...rules, ...each(withApiServer, [toApiServer])] } : when(withApiServer, { egress: [toApiServer] });
}

function toService(service: ResolvedService): EgressRule {
  // Policies see the port of the pod, not that of the Service.
  return { to: peersOf(service), ports: ports([service.protocol], [service.targetPort]) };
}

function fromCallers({ port, protocol, from }: ResolvedServedPort, services: readonly ResolvedService[]): IngressRule {
  return { from: services.filter(({ name }) => from.includes(name)).flatMap(peersOf), ports: ports([protocol], [port]) };
}

function peersOf({ podLabels, namespace, cidrs }: ResolvedService): readonly Peer[] {
  // An empty list would allow everything.
  if (cidrs !== undefined && cidrs.length > 0) return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  return [{ ...(namespace !== undefined && { namespaceSelector: namespaceNamed(namespace) }), podSelector: { matchLabels: podLabels } }];
}
