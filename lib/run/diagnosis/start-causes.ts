import { advice, described, describeNode, listed, runAndKeep, type Advice, type CauseGuide, type Place } from './guide.ts';

/** Why a suite did not start. */
export const startCauses = {
  'image-pull': { title: 'The image cannot be had', advise: adviseOnImage },
  unschedulable: { title: 'No node can take the pod', advise: adviseOnScheduling },
  quota: {
    title: 'A ResourceQuota has no room for the pod',
    advise: (place) =>
      place.said.includes('must specify')
        ? advice('The quota wants amounts that the suite does not declare: set its resources, also the limits that the quota counts.', described('resourcequota', place))
        : advice('Raise the quota, end what holds it, or lower what the suite asks for.', described('resourcequota', place)),
  },
  queue: { title: 'Kueue did not admit the Job', advise: (place) => advice("Read Kueue's words: raise the quota of its ClusterQueue, end what holds it, or name another queueName.", listed('workloads.kueue.x-k8s.io', place)) },
  'limit-range': {
    title: 'A LimitRange refuses the pod',
    advise: (place) => advice("Keep the suite's resources within the LimitRange of the namespace; the collector and the network guard have resources too.", described('limitrange', place)),
  },
  'pod-security': {
    title: 'PodSecurity refuses the pod',
    advise: ({ namespace, said }) =>
      advice(
        /runAsNonRoot|runAsUser/.test(said)
          ? 'The image may not run as root here: set runAsUser to a number above 0. Or run in a namespace with a lower level.'
          : "Keep the suite's podSecurity at the level that the namespace enforces, or run in a namespace with a lower one.",
        `kubectl get namespace ${namespace} --output jsonpath='{.metadata.labels}'`,
      ),
  },
  webhook: {
    title: 'An admission webhook or policy refuses the pod',
    advise: ({ said }) =>
      /failed calling webhook/.test(said)
        ? advice('The webhook does not answer: look at its pods, or ask who runs it.', 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations')
        : advice('Read its words, and ask who runs it. Labels and annotations of suites and types can say what a policy wants to know.', 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations,validatingadmissionpolicies'),
  },
  rejected: { title: 'The API server refuses the pod', advise: (place) => advice("Read the API server's words: they name the field or the object that is not there.", runAndKeep(place), `kubectl describe job ${place.job} --namespace ${place.namespace}`) },
  'missing-config': {
    title: 'A ConfigMap, a Secret or a key is not there',
    advise: (place) =>
      /\bkey\b/i.test(place.said)
        ? advice("Add the key, or correct its name in the suite's env or volumes.", `kubectl describe ${missingObject(place.said) ?? 'secrets,configmaps'} --namespace ${place.namespace}`)
        : advice("Create it in the namespace of the release, correct its name in the suite's env, envFrom or volumes, or make it `optional`.", listed('secrets,configmaps', place)),
  },
  volume: { title: 'A volume cannot be mounted', advise: (place) => advice("Read the kubelet's words: the claim, the driver or the node is to blame.", listed('persistentvolumeclaims,volumeattachments', place)) },
  'container-start': { title: 'The container cannot be started', advise: (place) => advice("Check command, args, workingDir and runAsUser of the suite against its image: the program must be there, and its user must be allowed to run it.", runAndKeep(place)) },
  'start-timeout': {
    title: 'The suite did not start in time',
    advise: (place) =>
      place.said.includes('The Job is suspended')
        ? advice('Find out who suspends Jobs in this namespace, or let kubesuite start them: start: \'controlled\'.', `kubectl describe job ${place.job} --namespace ${place.namespace}`)
        : advice('Look at the events: what was the last step? A large image needs a longer startTimeout, or a longer timeout where the message names that.', runAndKeep(place), ...describeNode(place)),
  },
  'service-unreachable': { title: 'A service that the suite uses does not answer', advise: (place) => advice('Start the service, and check its host, port, targetPort and podLabels in the config; for kubernetes, the value networkPolicy.apiServerCidrs.', listed('pods,services,endpoints', place)) },
  'policy-not-enforced': {
    title: 'A service that the suite denies still answers',
    advise: (place) => advice('The cluster needs a network plugin that enforces NetworkPolicy, networkPolicy.enabled must be true, and neither the suite itself (uses, and rights without networkPolicy.apiServerCidrs) nor another policy of the namespace may allow it.', listed('networkpolicies', place)),
  },
  'guard-failed': { title: 'The network guard could not do its work', advise: (place) => advice('Name an image with sh and nc, curl or wget in network.guardImage; the log of its container says more.', runAndKeep(place)) },
} as const satisfies Readonly<Record<string, CauseGuide>>;

function adviseOnImage(place: Place): Advice {
  const { said, node } = place;
  if (/InvalidImageName|invalid reference format/i.test(said)) return advice('Correct the name of the image in the config, or registry, repository and tag in the values.');
  if (/ErrImageNeverPull|not present with pull policy of Never/i.test(said)) {
    return advice(`The image is not pulled from a registry (pullPolicy: Never), so it must be on ${node === '' ? 'the node' : `node '${node}'`} before: build it and load it there.`);
  }
  if (/unauthorized|authentication required|authorization failed|denied|forbidden|\b40[13]\b/i.test(said)) {
    return advice('The registry wants credentials that may pull this image: name a Secret of type kubernetes.io/dockerconfigjson in pullSecrets.', listed('secrets', place));
  }
  if (/not found|manifest unknown|\b404\b/i.test(said)) return advice('The registry has no such image or tag: push it, or correct repository and tag.');
  return advice('The registry does not answer the node: check its address, the network, proxies and certificates of the nodes.', ...describeNode(place));
}

/** The scheduler also speaks of `claims to deallocate` where no volume is meant. */
const unbound = /persistentvolumeclaim|volume/i;

function adviseOnScheduling({ said, namespace }: Place): Advice {
  const ways = [
    ...(/Insufficient|Too many pods/.test(said) ? ["lower the suite's resources or free the cluster"] : []),
    ...(/node affinity|node selector|node\(s\) didn't match/.test(said) ? ["label a node as the suite's nodeSelector asks"] : []),
    ...(/taint/.test(said) ? ['tolerate the taint in tolerations, or remove it from a node'] : []),
    ...(/unschedulable/.test(said) ? ['uncordon a node'] : []),
    ...(unbound.test(said) ? ['create or bind the claim that the suite mounts'] : []),
  ];
  const text = ways.length === 0 ? "read the scheduler's words" : ways.join('; or ');
  return advice(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`, 'kubectl describe nodes', ...(unbound.test(said) ? [`kubectl get persistentvolumeclaims --namespace ${namespace}`] : []));
}

/** As the kubelet names it: `couldn't find key x in Secret ns/name`. */
function missingObject(said: string): string | undefined {
  const [, kind, name] = /in (ConfigMap|Secret) (?:[-a-z0-9]+\/)?([-.a-z0-9]+)/.exec(said) ?? [];
  return kind === undefined ? undefined : `${kind.toLowerCase()} ${name ?? ''}`;
}
