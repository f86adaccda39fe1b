import { defaults } from '../defaults.ts';
import { duration } from './duration.ts';
import { env, envFrom } from './environment.ts';
import { labelKey, labelValue, ownLabelKey, tag } from './kubernetes-names.ts';
import { network } from './network.ts';
import { anyText, list, named, text, whole } from './primitives.ts';
import { resources } from './resources.ts';
import { results } from './results.ts';
import { podSecurity, runAsUser } from './security.ts';
import { toleration } from './toleration.ts';

export const retries = whole(0, 5);
export const nodeSelector = named(labelKey, text(labelValue));
export const tolerations = list(toleration, "[{ key: 'gpu', operator: 'Exists' }]");
export const labels = named(ownLabelKey, text(labelValue));
export const annotations = named(ownLabelKey, anyText());

/**
 * What a type may set for all of its suites. A suite's value replaces the type's; maps are merged by
 * key, and lists are the type's and then the suite's.
 */
export const template = {
  /** Longest time that the pod may take from its start. @default '10m' */
  timeout: duration.optional().describe('Longest time that the pod may take from its start.').meta({ default: defaults.timeout }),
  /** How long scheduling and pulling may take before that is an infrastructure error. @default '2m' */
  startTimeout: duration.optional().describe('How long scheduling and pulling may take before that is an infrastructure error.').meta({ default: defaults.startTimeout }),
  /** How often a failed suite runs again, at most 5 times. If it then passes, it is `flaky`. @default 0 */
  retries: retries.optional().describe('How often a failed suite runs again, at most 5 times. If it then passes, it is `flaky`.').meta({ default: defaults.retries }),
  /** How often a suite runs again whose pod the cluster took away: evicted, preempted, its node lost. After that it is an `error`. @default 1 */
  infraRetries: retries
    .optional()
    .describe('How often a suite runs again whose pod the cluster took away: evicted, preempted, its node lost. After that it is an `error`.')
    .meta({ default: defaults.infraRetries }),
  /** What the suite container reserves and may use. What is said of one resource replaces all that the type says of it. @default { cpu: '50m', memory: '256Mi' } */
  resources: resources
    .optional()
    .describe('What the suite container reserves and may use. What is said of one resource replaces all that the type says of it.')
    .meta({ default: defaults.resources }),
  /** Where the proof of a pass comes from: a folder, stdout, or only the exit code. @default { path: '/results', format: 'junit' } */
  results: results
    .optional()
    .describe('Where the proof of a pass comes from: a folder, stdout, or only the exit code.')
    .meta({ default: { path: '/results', format: 'junit' } }),
  /** Environment variables: text, or a key of a Secret or ConfigMap. */
  env: env.optional().describe('Environment variables: text, or a key of a Secret or ConfigMap.'),
  /** Secrets and ConfigMaps whose keys become environment variables. */
  envFrom: envFrom.optional().describe('Secrets and ConfigMaps whose keys become environment variables.'),
  /** Words to choose suites by. */
  tags: list(text(tag), "['slow']").optional().describe('Words to choose suites by.'),
  /** How the suite waits for its network. */
  network: network.optional().describe('How the suite waits for its network.'),
  /** PodSecurity level that the pod keeps to. @default 'restricted' */
  podSecurity: podSecurity.optional().describe('PodSecurity level that the pod keeps to.').meta({ default: defaults.podSecurity }),
  /** User id that the suite runs as; `'image'` leaves it to the image. @default 1000 */
  runAsUser: runAsUser.optional().describe("User id that the suite runs as; `'image'` leaves it to the image.").meta({ default: defaults.runAsUser }),
  /** Labels that a node must have. */
  nodeSelector: nodeSelector.optional().describe('Labels that a node must have.'),
  /** Taints of nodes that do not keep the suite away. */
  tolerations: tolerations.optional().describe('Taints of nodes that do not keep the suite away.'),
  /** Labels added to the Job and its pods. */
  labels: labels.optional().describe('Labels added to the Job and its pods.'),
  /** Annotations added to the Job and its pods. */
  annotations: annotations.optional().describe('Annotations added to the Job and its pods.'),
};
