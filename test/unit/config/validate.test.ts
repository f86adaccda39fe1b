import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/load.ts';
import { parseConfig, validateConfig } from '../../../lib/config/validate.ts';

const folder = resolve(import.meta.dirname, 'fixtures');

test('all mistakes of a config are reported at once, each with its path, what was received and a hint', async () => {
  const error = await loadConfig('wrong.config.ts', folder).catch((caught: unknown) => caught as Error & { code: string });
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  await expect((error as Error).message.replaceAll(folder, '<folder>')).toMatchFileSnapshot('fixtures/wrong.config.txt');
});

const suite = { type: 'smoke', image: 'tests' };
const valid = {
  name: 'shop',
  images: { tests: { repository: 'ghcr.io/acme/tests', tag: '1' } },
  services: { redis: { port: 6379, podLabels: { app: 'redis' } } },
  types: { smoke: {} },
  suites: { ping: suite },
};

function pathsOf(over: object): readonly string[] {
  return parseConfig({ ...valid, ...over }).problems.map(({ path }) => path);
}

test('a small config is valid', () => {
  expect(parseConfig(valid).problems).toEqual([]);
  expect(validateConfig(valid)).toMatchObject({ networkPolicy: { enabled: true }, priorityClasses: { create: false }, production: { registry: '', pullSecrets: [] } });
});

test('a config that says all there is to say is valid', () => {
  const template = {
    timeout: '1h',
    startTimeout: '5m',
    retries: 5,
    resources: { cpu: '500m', requests: { 'ephemeral-storage': '1Gi' }, limits: { memory: '1Gi', 'nvidia.com/gpu': '1' } },
    results: { path: '/out/results', format: 'gotest', files: 'a/*.json', maxBytes: 1024, collectorImage: 'tests' },
    env: { A: 'x', B: { secret: 's', key: 'k', optional: true }, C: { configMap: 'c', key: 'k' } },
    envFrom: [{ secret: 's', prefix: 'P_' }, { configMap: 'c', optional: true }],
    tags: ['slow', 'area:checkout'],
    network: { guard: true, timeout: '1m', guardImage: 'tests' },
    podSecurity: 'baseline',
    runAsUser: 'image',
    nodeSelector: { 'kubernetes.io/arch': 'amd64' },
    tolerations: [{ operator: 'Exists' }, { key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
    labels: { 'example.com/team': 'checkout' },
    annotations: { 'example.com/note': 'any text: {{ "too" }}' },
  };
  const config = {
    name: 'shop',
    images: { tests: { context: './tests', file: '../Containerfile', pullPolicy: 'Always' }, other: { repository: 'registry:5000/a/b', digest: `sha256:${'0'.repeat(64)}` } },
    services: { redis: { port: 80, targetPort: 8080, protocol: 'UDP', podLabels: { app: 'x' }, namespace: '1st' }, web: { port: 443, cidrs: ['10.0.0.0/8', '::/0'] }, db: { port: 1, host: 'db.other.svc', podLabels: { app: 'db' }, namespace: 'other' } },
    types: { smoke: { priority: -5, quota: { cpu: '1', memory: '2Gi', pods: 4 }, ...template } },
    suites: {
      constructor: {
        ...suite,
        ...template,
        command: ['a'],
        args: [],
        workingDir: '/tests/',
        shards: 100,
        uses: ['redis', 'web'],
        volumes: [{ configMap: 'c', mountPath: '/tmp', subPath: 'a/b', optional: true }, { emptyDir: { sizeLimit: '1Gi' }, mountPath: '/out' }],
        serviceAccount: { rules: [{ apiGroups: ['', 'apps'], resources: ['pods/log'], resourceNames: ['x'], verbs: ['get'] }], clusterRoles: ['view'] },
        denies: ['db'],
        serves: [{ port: 8080, from: ['redis', 'web'] }],
      },
    },
    networkPolicy: { enabled: false },
    priorityClasses: { create: true },
    production: { registry: 'ghcr.io/acme', pullPolicy: 'Always', pullSecrets: ['reg.cred'] },
  };
  expect(parseConfig(config).problems).toEqual([]);
});

describe('the order of the start', () => {
  const problemsOf = (over: object, needs: Readonly<Record<string, readonly string[]>>) =>
    parseConfig({ ...valid, ...over, suites: Object.fromEntries(Object.entries(needs).map(([name, list]) => [name, { ...suite, needs: list }])) }).problems;

  test('a suite may need others, also in several steps', () => {
    expect(problemsOf({ start: 'controlled' }, { a: [], b: ['a'], c: ['a', 'b'] })).toEqual([]);
  });

  test.each([
    ['an unknown suite', { start: 'controlled' }, { ping: [], b: ['pin'] }, [{ path: 'suites.b.needs[0]', rule: "must be the name of one of 'suites'", received: "'pin'", hint: "did you mean 'ping'?" }]],
    ['itself', { start: 'controlled' }, { a: ['a'] }, [{ path: 'suites.a.needs[0]', rule: 'must be another suite', received: "'a'", hint: 'leave it out' }]],
    ['a cycle, once', { start: 'controlled' }, { a: ['c'], b: ['a'], c: ['b'] }, [{ path: 'suites.a.needs[0]', rule: 'must not lead back to the suite: a → c → b → a', received: "'c'", hint: 'leave one of them out' }]],
    ['another one while all start at once', {}, { a: [], b: ['a'] }, [{ path: 'suites.b.needs', rule: "must stand beside start: 'controlled'; with 'all' every suite starts at once", received: "[ 'a' ]", hint: "write start: 'controlled'" }]],
    [
      'another one while Argo CD starts them',
      { start: 'controlled', trigger: 'argocd-postsync' },
      { a: [], b: ['a'] },
      [{ path: 'start', rule: "must be 'all' with trigger 'argocd-postsync', which decides itself when suites start", received: "'controlled'", hint: "write start: 'all', or trigger: 'job'" }],
    ],
  ])('no suite needs %s', (_title, over, needs, problems) => {
    expect(problemsOf(over, needs as unknown as Record<string, readonly string[]>)).toEqual(problems);
  });
});

describe('hostile input is refused and never thrown at', () => {
  const itself: Record<string, unknown> = { ...valid };
  itself['types'] = itself;
  test.each([
    [undefined], [null], [1], ['text'], [[]], [() => {}], [Promise.resolve(valid)], [new Map()], [itself],
    [{ suites: [] }], [{ suites: { a: null } }], [{ ...valid, images: 1, types: [], services: null }],
    [{ ...valid, suites: { ping: { ...suite, uses: 'redis', volumes: [1, null, { mountPath: [] }], results: { path: 1 }, resources: { requests: [] }, shards: Number.NaN } } }],
    [JSON.parse('{"__proto__": {"name": "x"}, "suites": {"__proto__": {}}}')],
  ])('%#', (input) => {
    expect(parseConfig(input).problems.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });
});

test('an export that is no config at all is one problem', () => {
  expect(parseConfig(() => valid).problems).toMatchObject([{ path: 'config', rule: 'must be plain data', hint: 'write its result' }]);
  expect(parseConfig(Promise.resolve(valid)).problems).toMatchObject([{ path: 'config', rule: 'must be plain data', hint: 'await it' }]);
  expect(parseConfig([]).problems).toMatchObject([{ path: 'config', received: '[]' }]);
});

const emptyDir = {};
const rule = 'suites.ping.serviceAccount.rules[0]';

function rights(over: object): object {
  return { suites: { ping: { ...suite, serviceAccount: { rules: [{ verbs: ['get'], ...over }] } } } };
}

test.each([
  ['a collision of a shard with a suite', { suites: { a: { ...suite, shards: 2 }, 'a-2': suite } }, ['suites.a-2']],
  ['the same the other way round', { suites: { 'a-2': suite, a: { ...suite, shards: 2 } } }, ['suites.a']],
  ['a collision of two shards', { suites: { 'a-1': { ...suite, shards: 2 }, a: suite, 'a-1-1': suite } }, ['suites.a-1-1']],
  ['a reserved name', { suites: { collector: suite } }, ['suites.collector']],
  ['no suite at all', { suites: {} }, ['suites']],
  ['a name of digits only', { suites: { 7: suite } }, ['suites.7']],
  ['a root user under the restricted level of its type', { types: { smoke: { runAsUser: 0 } } }, ['suites.ping.runAsUser']],
  ['a root user of a type without the level of its suite', { types: { smoke: { podSecurity: 'baseline' } }, suites: { ping: { ...suite, runAsUser: 0, podSecurity: 'restricted' } } }, ['suites.ping.runAsUser']],
  ['a service with labels and addresses', { services: { redis: { port: 1, podLabels: { a: 'b' }, cidrs: ['10.0.0.0/8'] } } }, ['services.redis']],
  ['a service without labels', { services: { redis: { port: 1, podLabels: {} } } }, ['services.redis']],
  ['a read-only volume around the results', { suites: { ping: { ...suite, results: { path: '/data/results' }, volumes: [{ secret: 's', mountPath: '/data' }] } } }, ['suites.ping.volumes[0].mountPath']],
  ['a volume in the results folder of the type', { types: { smoke: { results: { path: '/out' } } }, suites: { ping: { ...suite, volumes: [{ emptyDir, mountPath: '/out/cache' }] } } }, ['suites.ping.volumes[0].mountPath']],
  ['a results folder of a type where the pod has its own', { types: { smoke: { results: { path: '/kubesuite/out' } } } }, ['types.smoke.results.path']],
  ['a collector image of a type that is not there', { types: { smoke: { results: { collectorImage: 'tools' } } } }, ['types.smoke.results.collectorImage']],
  ['a quota without room for a suite of default size', { types: { smoke: { quota: { cpu: '49m', memory: '255Mi' } } } }, ['types.smoke.quota.cpu', 'types.smoke.quota.memory']],
  ['a quota without room for the collector', { types: { smoke: { quota: { cpu: '59m', memory: '287Mi' } } } }, ['types.smoke.quota.cpu', 'types.smoke.quota.memory']],
  ['a quota without room for a limit', { types: { smoke: { quota: { memory: '1Gi' } } }, suites: { ping: { ...suite, resources: { limits: { memory: '2Gi' } } } } }, ['types.smoke.quota.memory']],
  ['a request above its limit', { types: { smoke: { resources: { cpu: '2', limits: { cpu: '1500m' } } } } }, ['types.smoke.resources.cpu']],
  ['a GPU without a limit', { types: { smoke: { resources: { requests: { 'nvidia.com/gpu': '1' } } } } }, ["types.smoke.resources.requests['nvidia.com/gpu']"]],
  ['a wrong name and what is wrong below it', { suites: { Ping: { ...suite, image: 'test', timeout: '1' } } }, ['suites.Ping', 'suites.Ping.image', 'suites.Ping.timeout']],
  ['a registry with a port that is none', { images: { tests: { repository: 'registry:65536/a', tag: '1' } }, production: { registry: 'x.y:0' } }, ['images.tests.repository', 'production.registry']],
  ['a wrong image, without a complaint about its users', { images: { tests: { repository: 'a' } } }, ['images.tests']],
  ['a missing section, without a complaint about its users', { images: undefined }, ['images']],
  ['a service where none is defined', { services: undefined, suites: { ping: { ...suite, uses: ['redis'] } } }, ['suites.ping.uses[0]']],
  ['a service that is used and denied', { suites: { ping: { ...suite, uses: ['redis'], denies: ['redis'] } } }, ['suites.ping.denies[0]']],
  ['a denied service that is not there', { suites: { ping: { ...suite, denies: ['db'] } } }, ['suites.ping.denies[0]']],
  ['a denied service of UDP', { services: { dns: { port: 53, protocol: 'UDP', podLabels: { a: 'b' } } }, suites: { ping: { ...suite, denies: ['dns'] } } }, ['suites.ping.denies[0]']],
  ['a denied network of which no address is named', { services: { out: { port: 443, cidrs: ['10.0.0.0/8'] } }, suites: { ping: { ...suite, denies: ['out'] } } }, ['suites.ping.denies[0]']],
  ...(
    [
      ['pods and port of one in use', { web: { port: 80, targetPort: 8080, podLabels: { app: 'web' } } }, { port: 8080, podLabels: { app: 'web' } }, {}],
      ['pods of one in use, by fewer labels', { web: { port: 80, podLabels: { app: 'web' }, namespace: 'shop' } }, { port: 80, podLabels: { app: 'web', tier: 'front' }, namespace: 'shop' }, {}],
      ['an address among those of one in use', { web: { port: 443, cidrs: ['2001:db8::/32', '192.0.2.0/24'] } }, { port: 443, cidrs: ['192.0.2.7/32'] }, {}],
      ['the DNS of the cluster', {}, { port: 53, podLabels: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' }, {}],
      ['the API of a suite with rights', {}, { port: 443, cidrs: ['10.96.0.1/32'], host: 'kubernetes.default.svc' }, { serviceAccount: { clusterRoles: ['view'] } }],
    ] as const
  ).map(([title, used, denied, over]): [string, object, string[]] => [
    `a denied service that is ${title}`,
    { services: { ...used, other: { port: 9, podLabels: { app: 'other' } }, denied }, suites: { ping: { ...suite, uses: Object.keys(used), denies: ['other', 'denied'], ...over } } },
    ['suites.ping.denies[1]'],
  ]),
  ['every denied service that is allowed, at once', { services: { a: { port: 80, podLabels: { a: 'b' } }, b: { port: 80, podLabels: { a: 'b' } }, c: { port: 80, podLabels: { a: 'b', c: 'd' } } }, suites: { ping: { ...suite, uses: ['a'], denies: ['b', 'c'] } } }, ['suites.ping.denies[0]', 'suites.ping.denies[1]']],
  ['a guard that waits longer than the suite may take to start', { suites: { ping: { ...suite, denies: ['redis'], startTimeout: '30s' } } }, ['suites.ping.network.timeout']],
  ['a guard image that is not there', { types: { smoke: { network: { guardImage: 'tools' } } } }, ['types.smoke.network.guardImage']],
  ['a host with a port', { services: { redis: { port: 1, podLabels: { a: 'b' }, host: 'redis:6379' } } }, ['services.redis.host']],
  ['a port that is served twice', { suites: { ping: { ...suite, serves: [{ port: 1, from: ['redis'] }, { port: 1, protocol: 'TCP', from: ['redis'] }] } } }, ['suites.ping.serves[1].port']],
  ['a port that is served by two protocols', { suites: { ping: { ...suite, serves: [{ port: 1, from: ['redis'] }, { port: 1, protocol: 'UDP', from: ['redis'] }] } } }, ['suites.ping.serves[1].port']],
  ['a port that is served to nobody known', { suites: { ping: { ...suite, serves: [{ port: 1, from: ['db'] }] } } }, ['suites.ping.serves[0].from[0]']],
  ['rights to nothing', { suites: { ping: { ...suite, serviceAccount: {} } } }, ['suites.ping.serviceAccount']],
  ['a verb for everything', rights({ resources: ['pods'], verbs: ['*'] }), [`${rule}.verbs[0]`]],
  ['a resource for everything', rights({ resources: ['*'] }), [`${rule}.resources[0]`]],
  ['a resource of another group', rights({ resources: ['deployments'] }), [`${rule}.resources[0]`]],
  ['an API group with its version', rights({ apiGroups: ['apps/v1', 'core', '*', 'aps'], resources: ['deployments'] }), [0, 1, 2, 3].map((index) => `${rule}.apiGroups[${index}]`)],
  ['a resource in capitals, and a subresource that pods do not have', rights({ apiGroups: ['', 'example.com'], resources: ['Widgets', 'pods/logs'] }), [`${rule}.resources[0]`, `${rule}.resources[1]`]],
  ['a resource in the singular', rights({ apiGroups: ['apps'], resources: ['deployments', 'statefulset/scale'] }), [`${rule}.resources[1]`]],
  ['a type that every object has', { suites: { ping: { ...suite, type: 'constructor' } } }, ['suites.ping.type']],
])('%s is a problem', (_title, over, paths) => {
  expect(pathsOf(over)).toEqual(paths);
});

test.each([
  ['root where the type says so', { types: { smoke: { runAsUser: 0, podSecurity: 'baseline' } } }],
  ["the image's user under the restricted level", { types: { smoke: { runAsUser: 'image' } } }],
  ['a volume at the usual results path of a suite without a results folder', { suites: { ping: { ...suite, results: 'stdout:tap', volumes: [{ emptyDir, mountPath: '/results' }] } } }],
  ['results in a writable volume', { suites: { ping: { ...suite, results: { path: '/data/results' }, volumes: [{ emptyDir, mountPath: '/data' }] } } }],
  ['a request of a suite above the limit of its type, which it replaces', { types: { smoke: { resources: { memory: '1Gi' } } }, suites: { ping: { ...suite, resources: { requests: { memory: '2Gi' } } } } }],
  ['a quota that is exactly one pod with its collector', { types: { smoke: { quota: { cpu: '0.06', memory: '288Mi', pods: 1 } } } }],
  ['a quota that is exactly one pod without a collector', { types: { smoke: { results: 'stdout:tap', quota: { cpu: '0.05', memory: '256Mi', pods: 1 } } } }],
  ['the right to read its own namespace', rights({ resources: ['namespaces', 'pods/log'] })],
  ['a resource of a group that only the cluster knows', rights({ apiGroups: ['example.com', ''], resources: ['greetings'] })],
  ...(
    [
      ['another port', { port: 80, targetPort: 8081, podLabels: { app: 'web' } }],
      ['another namespace', { port: 8080, podLabels: { app: 'web' }, namespace: 'shop' }],
      ['other labels', { port: 8080, podLabels: { app: 'web2' } }],
      ['pods of which those in use are some', { port: 8080, podLabels: { tier: 'front' } }],
      ['addresses', { port: 8080, cidrs: ['192.0.2.7/32'] }],
      ['the API of a suite without rights', { port: 443, podLabels: { component: 'apiserver' }, host: 'kubernetes.default' }],
    ] as const
  ).map(([title, denied]): [string, object] => [
    `a denied service beside one in use that is ${title}`,
    { services: { web: { port: 80, targetPort: 8080, podLabels: { app: 'web', tier: 'front' } }, denied }, suites: { ping: { ...suite, uses: ['web'], denies: ['denied'] } } },
  ]),
  ['a denied network whose one address is known', { services: { out: { port: 443, cidrs: ['192.0.2.7/32'] } }, suites: { ping: { ...suite, denies: ['out'] } } }],
])('%s is allowed', (_title, over) => {
  expect(pathsOf(over)).toEqual([]);
});

test('problems come in the order of the config', () => {
  expect(pathsOf({ zebra: 1, name: 'X', suites: { b: { ...suite, zebra: 1, image: 'none' }, a: { image: 'tests' } } })).toEqual([
    'name', 'suites.b.image', 'suites.b.zebra', 'suites.a.type', 'zebra',
  ]);
});

test('a quota that no pod of a suite fits in says what the pod needs', () => {
  const { problems } = parseConfig({ ...valid, types: { smoke: { quota: { memory: '256Mi' } } } });
  expect(problems).toEqual([
    {
      path: 'types.smoke.quota.memory',
      rule: "must have room for one pod of suite 'ping', which requests '256Mi' and '32Mi' for its collector",
      received: "'256Mi'",
      hint: 'raise the quota, or lower the memory of the suite',
    },
  ]);
});
