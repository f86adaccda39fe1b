import { z } from 'zod';
import { cidr, digest, duration, envName, imageRepository, imageTag, labelKey, labelMap, mountPath, name, objectName, port, quantity, registry, strict } from './rules.ts';

/**
 * Packed results travel through the collector's log, of which containerd keeps 10 MiB; base64 makes
 * 5 MiB into 6.7 MiB.
 */
export const largestResultBytes = 5 * 1024 * 1024;

const format = z.enum(['junit', 'tap', 'gotest']);

const results = z.union(
  [
    z.enum(['stdout:junit', 'stdout:tap', 'stdout:gotest', 'exit-code']),
    strict({
      /** Folder that the suite writes to. */
      path: mountPath.default('/results'),
      format: format.default('junit'),
      /** Glob of the result files within `path`. Other files are kept as attachments. */
      files: z.string().min(1).optional(),
      /** Limit of the packed folder, in bytes. */
      maxBytes: z.int().min(1024).max(largestResultBytes, `must be at most ${largestResultBytes} (5 MiB)`).default(largestResultBytes),
      /** Image of the collector, for a suite image without sh, tar, gzip, base64 and sha256sum. */
      collectorImage: name.optional(),
    }),
  ],
  { error: "must be 'stdout:junit', 'stdout:tap', 'stdout:gotest', 'exit-code' or an object such as { path: '/results', format: 'junit' }" },
);

const envValue = z.union(
  [
    z.string(),
    strict({ secret: objectName, key: z.string().min(1), optional: z.boolean().default(false) }),
    strict({ configMap: objectName, key: z.string().min(1), optional: z.boolean().default(false) }),
  ],
  { error: "must be a string, { secret, key } or { configMap, key }" },
);

const envFrom = z.union(
  [
    strict({ secret: objectName, prefix: envName.optional(), optional: z.boolean().default(false) }),
    strict({ configMap: objectName, prefix: envName.optional(), optional: z.boolean().default(false) }),
  ],
  { error: 'must be { secret } or { configMap }' },
);

const quantities = z.record(z.string(), quantity);

const resources = strict({
  /** CPU request. A CPU limit would only make tests slower: name one in `limits` if you want it. */
  cpu: quantity.optional(),
  /** Memory request and limit. */
  memory: quantity.optional(),
  requests: quantities.optional(),
  limits: quantities.optional(),
});

const mount = { mountPath, readOnly: z.boolean().default(true), subPath: z.string().optional() };
const volume = z.union(
  [
    strict({ configMap: objectName, optional: z.boolean().default(false), ...mount }),
    strict({ secret: objectName, optional: z.boolean().default(false), ...mount }),
    strict({ emptyDir: strict({ sizeLimit: quantity.optional() }), ...mount, readOnly: z.boolean().default(false) }),
  ],
  { error: 'must be { configMap, mountPath }, { secret, mountPath } or { emptyDir: {}, mountPath }' },
);

const rule = strict({
  /** `''` is the core group. */
  apiGroups: z.array(z.string()).default(['']),
  resources: z.array(z.string().min(1)).min(1, 'must name at least one resource'),
  resourceNames: z.array(z.string().min(1)).optional(),
  verbs: z.array(z.string().min(1)).min(1, 'must name at least one verb'),
});

const toleration = strict({
  key: labelKey.optional(),
  operator: z.enum(['Exists', 'Equal']).default('Equal'),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

/** What a type may set for all of its suites. */
const inherited = {
  /** Limit from the start of the pod. @default '10m' */
  timeout: duration.optional(),
  /** Grace time for pulling and scheduling. @default '2m' */
  startTimeout: duration.optional(),
  /** How often a failing suite is started again. A pass on a retry is `flaky`. @default 0 */
  retries: z.int().min(0).max(5, 'must be at most 5').optional(),
  /** @default { cpu: '50m', memory: '256Mi' } */
  resources: resources.optional(),
  /** Where the proof of the suite comes from. @default { path: '/results', format: 'junit' } */
  results: results.optional(),
  env: z.record(envName, envValue).optional(),
  envFrom: z.array(envFrom).optional(),
  tags: z.array(name).optional(),
  /** PodSecurity level that the pod keeps to. @default 'restricted' */
  podSecurity: z.enum(['restricted', 'baseline']).optional(),
  /** User id of the suite; `'image'` keeps the image's. @default 1000 */
  runAsUser: z.union([z.int().min(0), z.literal('image')], { error: "must be a user id or 'image'" }).optional(),
  nodeSelector: labelMap.optional(),
  tolerations: z.array(toleration).optional(),
  labels: labelMap.optional(),
  annotations: z.record(labelKey, z.string()).optional(),
};

export const suiteSchema = strict({
  type: name,
  image: name,
  ...inherited,
  command: z.array(z.string()).min(1).optional(),
  args: z.array(z.string()).optional(),
  workingDir: z.string().startsWith('/', 'must be an absolute path').optional(),
  /** Jobs that share the suite; each gets KUBESUITE_SHARD=`1/2`, _INDEX and _TOTAL. @default 1 */
  shards: z.int().min(1).max(100).optional(),
  /** Names of services that the suite may talk to. */
  uses: z.array(name).optional(),
  volumes: z.array(volume).optional(),
  serviceAccount: strict({ rules: z.array(rule).min(1, 'must hold at least one rule') }).optional(),
});

export const typeSchema = strict({
  /** Higher starts first. @default 0 */
  priority: z.int().min(-1_000_000_000).max(1_000_000_000).default(0),
  /** Room for all pods of this type together. */
  quota: strict({ cpu: quantity.optional(), memory: quantity.optional(), pods: z.int().min(1).optional() }).optional(),
  ...inherited,
});

const pullPolicy = z.enum(['Always', 'IfNotPresent', 'Never']);

export const imageSchema = z.union(
  [
    strict({
      /** Folder that the image is built from; its content's hash is the tag. */
      context: z.string().min(1),
      /** @default `Containerfile` or `Dockerfile` in the context */
      file: z.string().min(1).optional(),
      /** @default 'Never': it was loaded into the node */
      pullPolicy: pullPolicy.optional(),
    }),
    strict({ repository: imageRepository, tag: imageTag.optional(), digest: digest.optional(), pullPolicy: pullPolicy.optional() }),
  ],
  { error: "must be { context: './tests' } for an image built here, or { repository, tag }" },
);

export const serviceSchema = strict({
  port,
  /** Port of the pods, which is what a NetworkPolicy sees. @default `port` */
  targetPort: port.optional(),
  protocol: z.enum(['TCP', 'UDP']).default('TCP'),
  /** Labels of the pods behind the service. */
  podLabels: labelMap.optional(),
  /** Addresses outside of the cluster, instead of `podLabels`. */
  cidrs: z.array(cidr).min(1).optional(),
  /** @default the namespace of the release */
  namespace: name.optional(),
});

export const productionSchema = strict({
  /** Registry of all images in production mode; empty keeps each image's own. */
  registry: registry.default(''),
  pullPolicy: pullPolicy.default('IfNotPresent'),
  pullSecrets: z.array(objectName).default([]),
});
