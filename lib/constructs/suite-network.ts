import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { each, hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { hasRights } from '../config/has-rights.ts';
import type { ResolvedServedPort, ResolvedService, ResolvedSuite } from '../config/resolved.ts';
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
  /**
   * All services of the config, which the suite's `serves` name.
   * @default those in `services`
   */
  readonly callers?: readonly ResolvedService[];
}

type EgressRule = Templated<k8s.NetworkPolicyEgressRule>;
type IngressRule = Templated<k8s.NetworkPolicyIngressRule>;
type Peer = Templated<k8s.NetworkPolicyPeer>;

/** What comes in is what the suite declares to serve; what goes out is DNS and what it declares to use. */
export class SuiteNetwork extends HelmObject {
  /**
   * @param scope - a `SuiteFile` or other Chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, suite, services, callers = services }: SuiteNetworkProps) {
    const spec: Templated<k8s.NetworkPolicySpec> = {
      podSelector: { matchLabels: suiteSelector(suite.name) as Record<string, string> },
      policyTypes: ['Ingress', 'Egress'],
      ...(suite.serves.length > 0 && { ingress: suite.serves.map((served) => fromCallers(served, callers)) }),
      egress: [dns, ...services.map(toService), ...(hasRights(suite) ? apiServer : []), ...extraCidrs],
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

function namespaceNamed(name: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

function ports(protocols: readonly string[], numbers: readonly number[]): readonly Templated<k8s.NetworkPolicyPort>[] {
  return numbers.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}
