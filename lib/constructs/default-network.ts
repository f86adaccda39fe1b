import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { each, hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { helpersOf } from './helpers-of.ts';
import { labels } from './labels.ts';
import { eachCidr, ifNetworkPolicies, namespaceNamed, ports, type EgressRule } from './network-rules.ts';
import { commonLabels, objectMetadata } from './object-metadata.ts';

/** What a DefaultNetwork is made of. */
export interface DefaultNetworkProps {
  /** Name of the Helm chart. */
  readonly chart: string;
}

/** For the pods of all suites: nothing comes in, and out go DNS and the addresses of `networkPolicy.extraEgressCidrs`. */
export class DefaultNetwork extends HelmObject {
  /**
   * @param scope - a `TemplateFile` or other Chart; one a Helm chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart }: DefaultNetworkProps) {
    const spec: Templated<k8s.NetworkPolicySpec> = {
      podSelector: { matchLabels: { [labels.release]: hole.string('$.Release.Name') } as Record<string, string> },
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, ...each('with $.Values.networkPolicy.extraEgressCidrs', [{ to: eachCidr('.') } as EgressRule])],
    };
    const metadata = objectMetadata(helpersOf(chart).objectName('suites'), commonLabels(chart, 'network'));
    super(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec }, { controls: [ifNetworkPolicies] });
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
