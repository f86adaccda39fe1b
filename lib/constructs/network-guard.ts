import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { when, type Templated } from '../chart/hole.ts';
import { hasRights } from '../config/has-rights.ts';
import type { ResolvedGuard, ResolvedService, ResolvedSuite } from '../config/resolved.ts';
import { guardScript } from './guard-script.ts';
import { helpersOf } from './helpers-of.ts';
import { containerNames } from './names.ts';
import { ifNetworkPolicies } from './network-rules.ts';
import { commonLabels, objectMetadata } from './object-metadata.ts';
import { scriptContainer, scriptVolume, type ToolImage } from './script-container.ts';

const objectKey = 'network-guard';
const scriptFile = 'guard.sh';

/** What a NetworkGuard is made of. */
export interface NetworkGuardProps {
  /** Name of the Helm chart. */
  readonly chart: string;
}

/** The ConfigMap with the script that holds guarded suites back until their network is as declared. */
export class NetworkGuard extends HelmObject {
  /**
   * @param scope - a `TemplateFile` or other Chart; one a Helm chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart }: NetworkGuardProps) {
    super(scope, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: objectMetadata(helpersOf(chart).objectName(objectKey), commonLabels(chart, 'network-guard')),
      // Not in the Job, which a change of this value would have to replace.
      data: { [scriptFile]: guardScript, ...when(ifNetworkPolicies, { policies: 'enabled' }) },
    });
  }
}

/** What a suite's `uses` and `denies` stand for. */
export interface NetworkContract {
  readonly uses: readonly ResolvedService[];
  readonly denies: readonly ResolvedService[];
}

export interface GuardContainerProps extends NetworkGuardProps {
  readonly suite: ResolvedSuite;
  readonly guard: ResolvedGuard;
  readonly contract: NetworkContract;
  readonly image: ToolImage;
}

/** An init container, so that the suite cannot start before it has ended well. */
export function guardContainer({ chart, suite, guard, contract, image }: GuardContainerProps): Templated<k8s.Container> {
  const env = [
    { name: 'KUBESUITE_USES', value: [...targets(contract.uses), ...(hasRights(suite) ? [apiServer] : [])].join(' ') },
    { name: 'KUBESUITE_DENIES', value: targets(contract.denies).join(' ') },
    ...(contract.denies.length > 0 ? [] : canaries(suite)),
    { name: 'KUBESUITE_GUARD_SECONDS', value: String(guard.timeoutSeconds) },
  ];
  return scriptContainer({ name: containerNames.guard, key: objectKey, file: scriptFile, chart, suite, image, env });
}

export function guardVolume(chart: string): Templated<k8s.Volume> {
  return scriptVolume(chart, objectKey);
}

/** The kubelet puts its address in. */
const apiServer = 'kubernetes $(KUBERNETES_SERVICE_HOST) $(KUBERNETES_SERVICE_PORT)';

/** What answers without a policy and not with that of the suite: the API server, or for a suite that may call it the kubelet of its node. */
function canaries(suite: ResolvedSuite): readonly Templated<k8s.EnvVar>[] {
  if (!hasRights(suite)) return [{ name: 'KUBESUITE_CANARIES', value: apiServer }];
  return [
    { name: 'KUBESUITE_NODE', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    { name: 'KUBESUITE_CANARIES', value: 'kubelet $(KUBESUITE_NODE) 10250' },
  ];
}

/** Whether something listens on a port of UDP cannot be seen, and an address range is nothing to connect to. */
function targets(services: readonly ResolvedService[]): readonly string[] {
  return services
    .filter(({ protocol }) => protocol === 'TCP')
    .flatMap(({ name, host, port }) => (host === undefined ? [] : [`${name} ${host} ${port}`]));
}
