import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { each, hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import type { ResolvedService, ResolvedSuite } from '../config/resolved.ts';
import { helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { commonLabels, objectMetadata, suiteSelector } from './object-metadata.ts';

/** What a SuiteNetwork is made of. */
export interface SuiteNetworkProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The suite whose pods it is for. */
  readonly suite: ResolvedSuite;
  /** What the suite's `uses` stand for. */
  readonly services: readonly ResolvedService[];
}

type EgressRule = Templated<k8s.NetworkPolicyEgressRule>;

/** Nothing comes in; what goes out is DNS and what the suite declares to use. */
export class SuiteNetwork extends HelmObject {
  /**
   * @param scope - a `SuiteFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, suite, services }: SuiteNetworkProps) {
    const spec: Templated<k8s.NetworkPolicySpec> = {
      podSelector: { matchLabels: suiteSelector(suite.name) as Record<string, string> },
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, ...services.map(toService), ...(suite.rules.length > 0 ? apiServer : []), ...extraCidrs],
    };
    const metadata = objectMetadata(helpersOf(chart).objectName(suite.name), { ...commonLabels(chart, 'suite'), [labels.suite]: suite.name });
    super(
      scope,
      id,
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec },
      { controls: ['if $.Values.networkPolicy.enabled'] },
    );
  }
}

/** The cluster's DNS pods, NodeLocal DNSCache and the resolver of GKE; the last two are no pods that labels could name. */
const dns: EgressRule = {
  to: [
    { namespaceSelector: namespaceNamed('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } },
    { ipBlock: { cidr: '169.254.20.10/32' } },
    { ipBlock: { cidr: '169.254.169.254/32' } },
  ],
  ports: ports(['UDP', 'TCP'], [53]),
};

/** An API server cannot be named by labels, so its addresses are a value. */
const apiServer = each('with $.Values.networkPolicy.apiServerCidrs', [
  { to: each('range .', [{ ipBlock: { cidr: hole.string('.') } }]), ports: ports(['TCP'], [443, 6443]) } as EgressRule,
]);

const extraCidrs = each('with $.Values.networkPolicy.extraEgressCidrs', [
  { to: each('range .', [{ ipBlock: { cidr: hole.string('.') } }]) } as EgressRule,
]);

function toService({ podLabels, targetPort, protocol, namespace, cidrs }: ResolvedService): EgressRule {
  const pods = {
    ...(namespace !== undefined && { namespaceSelector: namespaceNamed(namespace) }),
    podSelector: { matchLabels: podLabels },
  };
  return {
    // An empty list would allow everything.
    to: cidrs === undefined || cidrs.length === 0 ? [pods] : cidrs.map((cidr) => ({ ipBlock: { cidr } })),
    // Policies see the port of the pod, not that of the Service.
    ports: ports([protocol], [targetPort]),
  };
}

function namespaceNamed(name: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

function ports(protocols: readonly string[], numbers: readonly number[]): readonly Templated<k8s.NetworkPolicyPort>[] {
  return numbers.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}
