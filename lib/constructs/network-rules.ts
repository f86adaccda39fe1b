import type { k8s } from 'cdk8s-plus-28';
import { each, hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';

export type EgressRule = Templated<k8s.NetworkPolicyEgressRule>;
export type Peer = Templated<k8s.NetworkPolicyPeer>;

/** Control of every NetworkPolicy of the chart. */
export const ifNetworkPolicies = 'if $.Values.networkPolicy.enabled';

/** A peer for each address of a list of the values. */
export function eachCidr(list: string): readonly Peer[] {
  return each(`range ${list}`, [{ ipBlock: { cidr: hole.string('.') } }]);
}

export function namespaceNamed(name: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

export function ports(protocols: readonly string[], numbers: readonly number[]): readonly Templated<k8s.NetworkPolicyPort>[] {
  return numbers.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}
