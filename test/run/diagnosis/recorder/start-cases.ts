import { containerNames } from '../../../../lib/constructs/names.ts';
import type { Case } from './case.ts';
import { collector, shell, suiteJob } from './objects.ts';
import { containerIs, eventIs, hasFailed, podIs } from './recording.ts';
import { closedRegistry, emptyRegistry } from './registries.ts';

const fromSecret = (name: string, key: string) => ({ name: 'X', valueFrom: { secretKeyRef: { name, key } } });
const quota = (hard: Readonly<Record<string, string>>) => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team' }, spec: { hard } });
const unschedulable = podIs(({ status }) => status?.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable') === true);
const selected = { nodeSelector: { 'kubesuite.dev/diagnosis': 'tainted' } };

/** A policy or a webhook that is asked about the pods of one namespace only. */
const only = (namespace: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } });
const podCreation = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };

export const startCases: Readonly<Record<string, Case>> = {
  'image-not-found': { before: emptyRegistry, job: suiteJob(shell('true', { image: 'localhost:5404/none:1', imagePullPolicy: 'Always' })), until: containerIs('waiting', 'ImagePullBackOff') },
  'image-unauthorized': { before: closedRegistry, job: suiteJob(shell('true', { image: 'localhost:5401/none:1', imagePullPolicy: 'Always' })), until: containerIs('waiting', 'ImagePullBackOff') },
  'image-no-registry': { job: suiteJob(shell('true', { image: 'localhost:5999/none:1', imagePullPolicy: 'Always' })), until: containerIs('waiting', 'ImagePullBackOff') },
  'image-never-pulled': { job: suiteJob(shell('true', { image: 'localhost/kubesuite-absent:1' })), until: containerIs('waiting', 'ErrImageNeverPull') },
  'image-name-invalid': { job: suiteJob(shell('true', { image: 'Localhost/UPPER:1' })), until: containerIs('waiting', 'InvalidImageName') },
  'command-missing': { job: suiteJob(shell('', { command: ['/no/such/command'] })), until: hasFailed },
  'command-not-executable': { job: suiteJob(shell('', { command: ['/etc'] })), until: hasFailed },
  'root-refused': { job: suiteJob(shell('true', { securityContext: { runAsNonRoot: true } })), until: containerIs('waiting', 'CreateContainerConfigError') },
  'configmap-missing': { job: suiteJob(shell('true', { envFrom: [{ configMapRef: { name: 'absent' } }] })), until: containerIs('waiting', 'CreateContainerConfigError') },
  'secret-missing': { job: suiteJob(shell('true', { env: [fromSecret('absent', 'key')] })), until: containerIs('waiting', 'CreateContainerConfigError') },
  'key-missing': {
    before: async (kubectl) => kubectl.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'present' }, stringData: { other: 'x' } }),
    job: suiteJob(shell('true', { env: [fromSecret('present', 'absent')] })),
    until: containerIs('waiting', 'CreateContainerConfigError'),
  },
  'volume-secret-missing': {
    job: suiteJob(shell('true', { volumeMounts: [{ name: 'v', mountPath: '/v' }] }), { volumes: [{ name: 'v', secret: { secretName: 'absent' } }] }),
    until: eventIs('FailedMount'),
  },
  'volume-key-missing': {
    before: async (kubectl) => kubectl.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'present' }, data: { other: 'x' } }),
    job: suiteJob(shell('true', { volumeMounts: [{ name: 'v', mountPath: '/v' }] }), { volumes: [{ name: 'v', configMap: { name: 'present', items: [{ key: 'absent', path: 'a' }] } }] }),
    until: eventIs('FailedMount'),
  },
  'no-cpu': { job: suiteJob(shell('true', { resources: { requests: { cpu: '500' } } })), until: unschedulable },
  'no-memory': { job: suiteJob(shell('true', { resources: { requests: { memory: '9Ti' } } })), until: unschedulable },
  'no-node-selected': { job: suiteJob(shell('true'), { nodeSelector: { 'example.com/no': 'node' } }), until: unschedulable },
  'no-toleration': {
    exclusive: true,
    before: async ({ cluster }) => cluster.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'kubesuite-tainted', labels: selected.nodeSelector }, spec: { taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] } }),
    job: suiteJob(shell('true'), selected),
    until: unschedulable,
    after: async ({ cluster }) => void (await cluster('delete', 'node', 'kubesuite-tainted')),
  },
  'no-claim': {
    job: suiteJob(shell('true', { volumeMounts: [{ name: 'v', mountPath: '/v' }] }), { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'absent' } }] }),
    until: unschedulable,
  },
  'quota-full': { before: async (kubectl) => kubectl.apply(quota({ pods: '0' })), job: suiteJob(shell('true')), until: eventIs('FailedCreate', /exceeded quota/) },
  'quota-unspecified': { before: async (kubectl) => kubectl.apply(quota({ 'limits.cpu': '1' })), job: suiteJob(shell('true')), until: eventIs('FailedCreate', /must specify/) },
  'limit-range': {
    before: async (kubectl) => kubectl.apply({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'small' }, spec: { limits: [{ type: 'Container', max: { memory: '8Mi' } }] } }),
    job: suiteJob(shell('true', { resources: { limits: { memory: '64Mi' } } })),
    until: eventIs('FailedCreate'),
  },
  'pod-security': {
    before: async (kubectl, namespace) => void (await kubectl.cluster('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted')),
    job: suiteJob(shell('true')),
    until: eventIs('FailedCreate'),
  },
  'policy-denied': {
    before: async ({ cluster }, namespace) => {
      const validations = [{ expression: "has(object.metadata.labels) && 'team' in object.metadata.labels", message: 'every pod needs the label team' }];
      await cluster.apply(
        { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: namespace }, spec: { matchConstraints: { resourceRules: [podCreation] }, validations } },
        { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: namespace }, spec: { policyName: namespace, validationActions: ['Deny'], matchResources: only(namespace) } },
      );
      await new Promise((resolve) => setTimeout(resolve, 3000));
    },
    job: suiteJob(shell('true')),
    until: eventIs('FailedCreate'),
    after: async ({ cluster }, namespace) => void (await cluster('delete', 'validatingadmissionpolicy,validatingadmissionpolicybinding', namespace)),
  },
  'webhook-down': {
    before: async ({ cluster }, namespace) => {
      const webhook = { name: 'guard.example.com', clientConfig: { url: 'https://127.0.0.1:1/check' }, rules: [podCreation], ...only(namespace), sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Fail', timeoutSeconds: 2 };
      await cluster.apply({ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: namespace }, webhooks: [webhook] });
      await new Promise((resolve) => setTimeout(resolve, 3000));
    },
    job: suiteJob(shell('true')),
    until: eventIs('FailedCreate'),
    after: async ({ cluster }, namespace) => void (await cluster('delete', 'validatingwebhookconfiguration', namespace)),
  },
  'service-account-missing': { job: suiteJob(shell('true'), { serviceAccountName: 'absent' }), until: eventIs('FailedCreate') },
  'guard-failed': {
    job: suiteJob(shell('true'), { initContainers: [shell("printf 'error=service-unreachable after 30 s with nc: no answer: db (db:5432)' > /dev/termination-log; exit 1", { name: containerNames.guard })] }),
    until: hasFailed,
  },
  'collector-missing-shell': { job: suiteJob(shell('sleep 60'), collector('', { command: ['/no/such/shell'] })), until: containerIs('terminated', 'StartError') },
};
