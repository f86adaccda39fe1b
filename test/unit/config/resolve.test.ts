import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../../../lib/config/resolve.ts';
import type { ResolvedConfig, ResolvedSuite } from '../../../lib/config/resolved.ts';
import { validateConfig } from '../../../lib/config/validate.ts';

function resolve(over: object = {}, builds: Parameters<typeof resolveConfig>[1]['builds'] = {}): ResolvedConfig {
  const config = validateConfig({
    name: 'shop',
    images: { tests: { repository: 'ghcr.io/acme/tests', tag: '1' } },
    types: { smoke: {} },
    suites: { ping: { type: 'smoke', image: 'tests' } },
    ...over,
  });
  return resolveConfig(config, { builds });
}

function resolveSuite(suite: object, type: object = {}): ResolvedSuite {
  const [resolved] = resolve({ types: { smoke: type }, suites: { ping: { type: 'smoke', image: 'tests', ...suite } } }).suites;
  if (resolved === undefined) throw new Error('no suite');
  return resolved;
}

test('the smallest config', () => {
  expect(resolve()).toMatchInlineSnapshot(`
    {
      "images": {
        "tests": {
          "name": "tests",
          "pullPolicy": "IfNotPresent",
          "registry": "ghcr.io",
          "repository": "acme/tests",
          "tag": "1",
        },
      },
      "layout": "files",
      "name": "shop",
      "networkPolicy": {
        "enabled": true,
      },
      "priorityClasses": {
        "create": false,
      },
      "production": {
        "pullPolicy": "IfNotPresent",
        "pullSecrets": [],
        "registry": "",
      },
      "services": {},
      "start": "all",
      "suites": [
        {
          "annotations": {},
          "clusterRoles": [],
          "denies": [],
          "env": [],
          "envFrom": [],
          "image": "tests",
          "infraRetries": 1,
          "labels": {},
          "name": "ping",
          "needs": [],
          "nodeSelector": {},
          "podSecurity": "restricted",
          "resources": {
            "limits": {
              "memory": "256Mi",
            },
            "requests": {
              "cpu": "50m",
              "memory": "256Mi",
            },
          },
          "results": {
            "files": "**/*.xml",
            "format": "junit",
            "from": "files",
            "maxBytes": 5242880,
            "path": "/results",
          },
          "retries": 0,
          "rules": [],
          "runAsUser": 1000,
          "serves": [],
          "shards": 1,
          "startTimeoutSeconds": 120,
          "tags": [],
          "timeoutSeconds": 600,
          "tolerations": [],
          "type": "smoke",
          "uses": [],
          "volumes": [],
        },
      ],
      "trigger": "job",
      "types": {
        "smoke": {
          "name": "smoke",
          "priority": 0,
        },
      },
    }
  `);
});

test('everything resolved is plain JSON', () => {
  const config = resolve({ types: { smoke: { quota: { pods: 3 } } }, services: { redis: { port: 1, podLabels: { a: 'b' } } } });
  expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config);
});

describe('a suite inherits from its type', () => {
  test('a value of the suite replaces that of the type', () => {
    const type = { timeout: '5m', startTimeout: '3m', retries: 2, results: 'stdout:tap', podSecurity: 'baseline', runAsUser: 7 };
    expect(resolveSuite({}, type)).toMatchObject({ timeoutSeconds: 300, startTimeoutSeconds: 180, retries: 2, results: { from: 'stdout', format: 'tap' }, podSecurity: 'baseline', runAsUser: 7 });
    const suite = { timeout: '1m', startTimeout: '10s', retries: 0, results: 'exit-code', podSecurity: 'restricted', runAsUser: 'image' };
    expect(resolveSuite(suite, type)).toMatchObject({ timeoutSeconds: 60, startTimeoutSeconds: 10, retries: 0, results: { from: 'exit-code' }, podSecurity: 'restricted', runAsUser: 'image' });
  });

  test('maps are merged by key', () => {
    const type = { env: { A: '1', C: '1' } };
    const suite = { env: { A: { secret: 's', key: 'k' }, B: '2' } };
    expect(resolveSuite(suite, type)).toMatchObject({
      env: [{ name: 'A', secret: 's', key: 'k', optional: false }, { name: 'C', value: '1' }, { name: 'B', value: '2' }],
    });
  });

  test('placement, labels and annotations stay apart: the chart puts them together, so that values can change each', () => {
    const fields = (n: string) => ({ nodeSelector: { n }, tolerations: [{ key: n, operator: 'Equal' }], labels: { n }, annotations: { n } });
    const config = resolve({ types: { smoke: fields('1') }, suites: { ping: { type: 'smoke', image: 'tests', ...fields('2') }, pong: { type: 'smoke', image: 'tests' } } });
    expect(config.types['smoke']).toMatchObject(fields('1'));
    expect(config.suites[0]).toMatchObject(fields('2'));
    expect(config.suites[1]).toMatchObject({ nodeSelector: {}, tolerations: [], labels: {}, annotations: {} });
  });

  test("lists are the type's and then the suite's", () => {
    const type = { tags: ['x', 'y'], envFrom: [{ secret: 'a' }] };
    const suite = { tags: ['z', 'x'], envFrom: [{ configMap: 'b', prefix: 'B_' }] };
    expect(resolveSuite(suite, type)).toMatchObject({
      tags: ['x', 'y', 'z'],
      envFrom: [{ secret: 'a', optional: false }, { configMap: 'b', prefix: 'B_', optional: false }],
    });
  });

  test('a results folder is not mixed of both', () => {
    const resolved = resolveSuite({ results: { format: 'gotest' } }, { results: { path: '/out', files: 'x.xml' } });
    expect(resolved.results).toMatchObject({ path: '/results', files: '**/*.json' });
  });
});

test.each([
  ['the defaults', {}, {}, { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '256Mi' } }],
  ['the short form: memory is request and limit, CPU only a request', { cpu: '1', memory: '1Gi' }, {}, { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } }],
  ['the short form with a limit', { cpu: '1', limits: { cpu: '2' } }, {}, { requests: { cpu: '1', memory: '256Mi' }, limits: { cpu: '2', memory: '256Mi' } }],
  ['a limit alone is the request too', { limits: { memory: '64Mi' } }, { memory: '1Gi' }, { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } }],
  ['a request alone removes the inherited limit', { requests: { memory: '1Gi' } }, { memory: '2Gi' }, { requests: { cpu: '50m', memory: '1Gi' }, limits: {} }],
  ['one resource leaves the others as they are', { cpu: '2' }, { memory: '2Gi', limits: { cpu: '1', 'nvidia.com/gpu': '1' } }, { requests: { memory: '2Gi', 'nvidia.com/gpu': '1', cpu: '2' }, limits: { memory: '2Gi', 'nvidia.com/gpu': '1' } }],
])('resources: %s', (_title, resources, typeResources, expected) => {
  expect(resolveSuite({ resources }, { resources: typeResources }).resources).toEqual(expected);
});

test.each([
  ['stdout:junit', { from: 'stdout', format: 'junit' }],
  ['exit-code', { from: 'exit-code' }],
  [{ format: 'tap' }, { from: 'files', path: '/results', format: 'tap', files: '**/*.tap', maxBytes: 5 * 1024 * 1024 }],
  [{ path: '/out', files: 'a.xml', maxBytes: 2048, collectorImage: 'tests' }, { from: 'files', path: '/out', format: 'junit', files: 'a.xml', maxBytes: 2048, collectorImage: 'tests' }],
])('results: %j', (results, expected) => {
  expect(resolveSuite({ results }).results).toEqual(expected);
});

test.each([
  [{ configMap: 'c', mountPath: '/c' }, { mountPath: '/c', readOnly: true, source: { kind: 'configMap', name: 'c', optional: false } }],
  [{ secret: 's', mountPath: '/s', subPath: 'a', optional: true }, { mountPath: '/s', readOnly: true, subPath: 'a', source: { kind: 'secret', name: 's', optional: true } }],
  [{ emptyDir: { sizeLimit: '1Gi' }, mountPath: '/e' }, { mountPath: '/e', readOnly: false, source: { kind: 'emptyDir', sizeLimit: '1Gi' } }],
])('volume %j', (volume, expected) => {
  expect(resolveSuite({ volumes: [volume] }).volumes).toEqual([expected]);
});

test.each([
  ['busybox', 'docker.io', 'library/busybox'],
  ['acme/tests', 'docker.io', 'acme/tests'],
  ['ghcr.io/acme/tests', 'ghcr.io', 'acme/tests'],
  ['localhost/tests', 'localhost', 'tests'],
  ['registry:5000/tests', 'registry:5000', 'tests'],
])('image %s', (repository, registry, path) => {
  expect(resolve({ images: { tests: { repository, tag: '1' } } }).images['tests']).toEqual({ name: 'tests', registry, repository: path, tag: '1', pullPolicy: 'IfNotPresent' });
});

test('an image that is built here has the tag of its content', () => {
  const build = { context: '/shop/tests', file: '/shop/Containerfile', tag: 'abc' };
  expect(resolve({ images: { tests: { context: './tests' } } }, { tests: build }).images['tests']).toEqual({
    name: 'tests', registry: 'localhost', repository: 'shop-tests', pullPolicy: 'Never', ...build,
  });
});

test('a suite that denies is guarded unless it says otherwise, with what its type says of the guard', () => {
  const guardOf = (over: object, network: object = {}) => {
    const services = { redis: { port: 80, podLabels: { app: 'x' } } };
    return resolve({ services, types: { smoke: { network } }, suites: { ping: { type: 'smoke', image: 'tests', ...over } } }).suites[0]?.guard;
  };
  expect(guardOf({})).toBeUndefined();
  expect(guardOf({ denies: ['redis'] })).toEqual({ timeoutSeconds: 30 });
  expect(guardOf({ denies: ['redis'], network: { guard: false } })).toBeUndefined();
  expect(guardOf({ network: { timeout: '5s' } }, { guard: true, timeout: '1m', guardImage: 'tests' })).toEqual({ timeoutSeconds: 5, image: 'tests' });
});

test('services and types', () => {
  const { services, types } = resolve({
    services: { redis: { port: 80, podLabels: { app: 'x' } }, web: { port: 443, targetPort: 8443, cidrs: ['10.0.0.0/8'] }, db: { port: 1, podLabels: { app: 'x' }, namespace: 'data' }, one: { port: 2, cidrs: ['2001:db8::1/128'] } },
    types: { smoke: { priority: 5, quota: { cpu: '2', pods: 3 } } },
  });
  expect(services).toEqual({
    redis: { name: 'redis', port: 80, targetPort: 80, protocol: 'TCP', host: 'redis', podLabels: { app: 'x' } },
    web: { name: 'web', port: 443, targetPort: 8443, protocol: 'TCP', podLabels: {}, cidrs: ['10.0.0.0/8'] },
    db: { name: 'db', port: 1, targetPort: 1, protocol: 'TCP', host: 'db.data', podLabels: { app: 'x' }, namespace: 'data' },
    one: { name: 'one', port: 2, targetPort: 2, protocol: 'TCP', host: '2001:db8::1', podLabels: {}, cidrs: ['2001:db8::1/128'] },
  });
  expect(types).toEqual({ smoke: { name: 'smoke', priority: 5, quota: { cpu: '2', pods: '3' } } });
});

test.for([
  [500, {}, 'files'],
  [501, {}, 'range'],
  [501, { layout: 'files' }, 'files'],
  [1, { layout: 'range' }, 'range'],
] as const)('%i suites with %o are written as %s', ([count, over, layout]) => {
  const suites = Object.fromEntries(Array.from({ length: count }, (_, index) => [`suite-${index}`, { type: 'smoke', image: 'tests' }]));
  expect(resolve({ suites, ...over }).layout).toBe(layout);
});
