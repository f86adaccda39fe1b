import type { ResolvedConfig, ResolvedImage, ResolvedSuite } from '../../../lib/config/resolved.ts';

/** A suite with every field at its default. */
export function suiteOf(fields: Partial<ResolvedSuite> & Pick<ResolvedSuite, 'name'>): ResolvedSuite {
  return {
    type: 'smoke',
    image: 'tests',
    env: [],
    envFrom: [],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
    timeoutSeconds: 60,
    startTimeoutSeconds: 120,
    retries: 0,
    infraRetries: 1,
    shards: 1,
    results: { from: 'stdout', format: 'tap' },
    needs: [],
    uses: [],
    denies: [],
    serves: [],
    volumes: [],
    podSecurity: 'restricted',
    runAsUser: 1000,
    rules: [],
    clusterRoles: [],
    tags: [],
    nodeSelector: {},
    tolerations: [],
    labels: {},
    annotations: {},
    ...fields,
  };
}

export function imageOf(fields: Partial<ResolvedImage> & Pick<ResolvedImage, 'name'>): ResolvedImage {
  return { registry: 'localhost', repository: `fixture-${fields.name}`, tag: '0a1b2c3d4e5f', pullPolicy: 'Never', ...fields };
}

export function configOf(fields: Partial<ResolvedConfig> = {}): ResolvedConfig {
  return {
    name: 'fixture',
    images: { tests: imageOf({ name: 'tests' }) },
    services: {},
    types: { smoke: { name: 'smoke', priority: 100 } },
    suites: [suiteOf({ name: 'ping' })],
    trigger: 'job',
    start: 'all',
    layout: 'files',
    networkPolicy: { enabled: true },
    priorityClasses: { create: false },
    production: { registry: '', pullPolicy: 'IfNotPresent', pullSecrets: [] },
    ...fields,
  };
}

export const filesResults = { from: 'files', format: 'junit', path: '/results', files: '**/*.xml', maxBytes: 5_242_880 } as const;

/** One suite for each thing that a suite can be. */
export const variedSuites: readonly ResolvedSuite[] = [
  suiteOf({ name: 'ping', command: ['bats', '--formatter', 'tap', 'ping'], uses: ['redis'] }),
  suiteOf({
    name: 'worker',
    type: 'integration',
    args: ['--junitxml=/results/junit.xml'],
    workingDir: '/srv',
    env: [
      { name: 'BASE_URL', value: 'http://web.shop' },
      { name: 'DB_PASSWORD', secret: 'db', key: 'password', optional: false },
      { name: 'FLAGS', configMap: 'flags', key: 'all', optional: true },
    ],
    envFrom: [
      { secret: 'more', prefix: 'MORE_', optional: false },
      { configMap: 'settings', optional: true },
    ],
    timeoutSeconds: 600,
    retries: 2,
    shards: 2,
    results: filesResults,
    uses: ['redis', 'web', 'outside'],
    volumes: [
      { mountPath: '/etc/settings', readOnly: true, source: { kind: 'configMap', name: 'settings', optional: false } },
      { mountPath: '/etc/token', readOnly: true, subPath: 'token', source: { kind: 'secret', name: 'token', optional: true } },
      { mountPath: '/cache', readOnly: false, source: { kind: 'emptyDir', sizeLimit: '64Mi' } },
    ],
    tags: ['slow', 'queue'],
    labels: { team: 'checkout' },
    annotations: { 'example.com/owner': 'checkout' },
  }),
  suiteOf({
    name: 'watcher',
    type: 'platform',
    results: { from: 'exit-code' },
    rules: [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }],
    nodeSelector: { 'kubernetes.io/arch': 'amd64' },
    tolerations: [{ key: 'tests', operator: 'Exists', effect: 'NoSchedule' }],
  }),
  suiteOf({ name: 'rooted', type: 'integration', podSecurity: 'baseline', runAsUser: 0, results: { ...filesResults, collectorImage: 'tools' } }),
  suiteOf({ name: 'own-user', runAsUser: 'image', results: { ...filesResults, path: '/app/reports', collectorImage: 'tools' } }),
  suiteOf({ name: 'at-home', env: [{ name: 'HOME', value: '/srv/home' }], volumes: [{ mountPath: '/tmp', readOnly: false, source: { kind: 'emptyDir' } }] }),
  suiteOf({
    name: 'guarded',
    type: 'integration',
    uses: ['web', 'outside'],
    denies: ['redis'],
    guard: { timeoutSeconds: 30, image: 'tools' },
    results: filesResults,
    serves: [
      { port: 8080, protocol: 'TCP', from: ['web', 'outside'] },
      { port: 53, protocol: 'UDP', from: ['redis'] },
    ],
    clusterRoles: ['view'],
  }),
  // A boolean of YAML 1.1.
  suiteOf({ name: 'on' }),
];

export const variedConfig: ResolvedConfig = configOf({
  images: {
    tests: imageOf({ name: 'tests' }),
    tools: imageOf({ name: 'tools', registry: 'registry.example.com', repository: 'tools', tag: '', digest: `sha256:${'ab'.repeat(32)}`, pullPolicy: 'IfNotPresent' }),
  },
  services: {
    redis: { name: 'redis', port: 6379, targetPort: 6379, protocol: 'TCP', host: 'redis', podLabels: { app: 'redis' } },
    web: { name: 'web', port: 80, targetPort: 8080, protocol: 'TCP', host: 'web.shop', podLabels: { app: 'web' }, namespace: 'shop' },
    outside: { name: 'outside', port: 443, targetPort: 443, protocol: 'TCP', podLabels: {}, cidrs: ['198.51.100.0/24', '2001:db8::/32'] },
  },
  types: {
    smoke: { name: 'smoke', priority: 100 },
    integration: { name: 'integration', priority: 50, quota: { cpu: '4', memory: '4Gi', pods: '8' }, labels: { team: 'platform', tier: 'slow' }, nodeSelector: { pool: 'tests' } },
    platform: { name: 'platform', priority: -10, quota: { pods: '2' } },
  },
  suites: variedSuites,
  production: { registry: 'registry.example.com/shop', pullPolicy: 'IfNotPresent', pullSecrets: ['registry'] },
});

const similarNames = ['cart', 'checkout', 'search'];
const similarSuites = similarNames.map((name) => suiteOf({ name, command: ['pytest', `tests/${name}.py`], results: filesResults, env: [{ name: 'BASE_URL', value: `http://${name}` }] }));
/** Suites that share a template, and one with a template of its own. */
export const rangeConfig: ResolvedConfig = configOf({ layout: 'range', suites: [...similarSuites, suiteOf({ name: 'ping', command: ['true'] })] });
