import { cidr } from './cidr.ts';
import { labelKey, labelValue, namespaceName } from './kubernetes-names.ts';
import { host, port, protocol } from './network.ts';
import { always, filledList, message, named, section, text } from './primitives.ts';

export const service = section({
  /** Port of the Service. */
  port: port.describe('Port of the Service.'),
  /** Port of the pods, which is what a NetworkPolicy sees; without it, `port`. */
  targetPort: port.optional().describe('Port of the pods, which is what a NetworkPolicy sees; without it, `port`.'),
  /** Transport protocol. @default 'TCP' */
  protocol: protocol.default('TCP').describe('Transport protocol.'),
  /** Name or address that suites reach it by, which the network guard tries; without it, `<name>` or `<name>.<namespace>`, and for `cidrs` the address if it is only one. */
  host: host
    .optional()
    .describe('Name or address that suites reach it by, which the network guard tries; without it, `<name>` or `<name>.<namespace>`, and for `cidrs` the address if it is only one.'),
  /** Labels of the pods behind the Service. */
  podLabels: named(labelKey, text(labelValue)).optional().describe('Labels of the pods behind the Service.'),
  /** Addresses outside of the cluster, instead of `podLabels`. */
  cidrs: filledList(cidr, "['192.0.2.0/24']").optional().describe('Addresses outside of the cluster, instead of `podLabels`.'),
  /** Namespace of the pods; without it, that of the release. */
  namespace: text(namespaceName).optional().describe('Namespace of the pods; without it, that of the release.'),
}).superRefine(({ podLabels, cidrs, namespace }, context) => {
  const hasPods = podLabels !== undefined && podLabels !== null && Object.keys(podLabels).length > 0;
  if (hasPods === (cidrs !== undefined)) {
    const hint = 'podLabels for pods in the cluster, cidrs for addresses outside of it';
    context.addIssue({ code: 'custom', message: message('must have either podLabels or cidrs', hint) });
  }
  if (cidrs !== undefined && namespace !== undefined) {
    context.addIssue({ code: 'custom', path: ['namespace'], message: message('must not stand beside cidrs, which have no namespace', 'leave it out') });
  }
}, always);
