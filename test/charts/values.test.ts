import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variedConfig } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import type { TemplateOptions } from './support/helm.ts';
import { jobOf, jobsOf, objectOf, suiteContainerOf } from './support/kube-object.ts';
import type { KubeObject } from './support/kube-object.ts';

const queueLabel = 'kueue.x-k8s.io/queue-name';

const chart = new ChartOnDisk(variedConfig);

beforeAll(prepareHelm, helmBuildTimeoutMs);
afterAll(() => chart[Symbol.dispose]());

describe.each(helmMajors)('Helm %i', (major) => {
  it.each([
    { what: 'an unknown value', values: { unknown: 1 }, complaint: /unknown/ },
    { what: 'an unknown suite', values: { suites: { pong: { enabled: false } } }, complaint: /pong/ },
    { what: 'an unknown field of a suite', values: { suites: { ping: { enable: false } } }, complaint: /enable/ },
    { what: 'a run id that is no name', values: { run: { id: 'Run 1' } }, complaint: /run/ },
    { what: 'a run id that is a number', values: { run: { id: 20261123 } }, complaint: /string/ },
    { what: 'a boolean as text', values: { productionMode: 'true' }, complaint: /boolean/ },
    { what: 'a variable that is a number', values: { suites: { ping: { env: { A: 1 } } } }, complaint: /string/ },
    { what: 'a reserved variable', values: { suites: { ping: { env: { KUBESUITE_SUITE: 'x' } } } }, complaint: /suites.ping.env.KUBESUITE_SUITE/ },
    { what: 'a variable that comes from a Secret', values: { suites: { worker: { env: { DB_PASSWORD: 'x' } } } }, complaint: /suites.worker.env.DB_PASSWORD/ },
    { what: 'an unknown pull policy', values: { images: { tests: { pullPolicy: 'Sometimes' } } }, complaint: /pullPolicy/ },
    { what: 'a reserved label', values: { labels: { 'kubesuite.dev/suite': 'x' } }, complaint: /labels.kubesuite.dev/ },
    { what: 'a label of another owner', values: { suites: { ping: { labels: { 'job-name': 'x' } } } }, complaint: /suites.ping.labels.job-name/ },
    { what: 'a hook of Argo CD', values: { annotations: { 'argocd.argoproj.io/hook': 'Skip' } }, complaint: /annotations.argocd.argoproj.io/ },
    { what: 'a hook of Helm', values: { suites: { ping: { annotations: { 'helm.sh/hook': 'test' } } } }, complaint: /suites.ping.annotations.helm.sh/ },
    { what: 'a toleration that cannot be', values: { tolerations: [{ operator: 'Exists', key: 'a', value: 'b' }] }, complaint: /tolerations.0/ },
    { what: 'a toleration of no taint', values: { types: { smoke: { tolerations: [{ value: 'b' }] } } }, complaint: /types.smoke.tolerations.0/ },
    { what: 'an address that is none', values: { networkPolicy: { extraEgressCidrs: ['999.0.0.0/8'] } }, complaint: /networkPolicy.extraEgressCidrs.0/ },
    { what: 'a prefix that is none', values: { networkPolicy: { apiServerCidrs: ['1.2.3.4/99'] } }, complaint: /networkPolicy.apiServerCidrs.0/ },
    { what: 'a port that is none', values: { registry: 'x.y:99999' }, complaint: /registry/ },
    { what: 'a quota of something unknown', values: { types: { smoke: { quota: { foo: 1 } } } }, complaint: /types.smoke.quota.*foo/ },
    { what: 'a quota of what has no deadline', values: { types: { smoke: { quota: { services: 1 } } } }, complaint: /types.smoke.quota.*services/ },
    { what: 'a quota of half a pod', values: { types: { smoke: { quota: { pods: 1.5 } } } }, complaint: /types.smoke.quota.pods/ },
    { what: 'half a GPU', values: { suites: { ping: { resources: { limits: { 'nvidia.com/gpu': '0.5' } } } } }, complaint: /suites.ping.resources.limits.nvidia.com/ },
    { what: 'a resource with a blank', values: { suites: { ping: { resources: { limits: { 'a b/c': 1 } } } } }, complaint: /suites.ping.resources.limits.*a b.c/ },
    { what: 'a limit of nothing', values: { types: { smoke: { limits: { memory: '0Mi' } } } }, complaint: /types.smoke.limits.memory/ },
    { what: 'a value that was taken away', values: { suites: { ping: { timeoutSeconds: null } } }, complaint: /timeoutSeconds/ },
    { what: 'a suite that was taken away', values: { suites: { ping: null } }, complaint: /suites: ping is required|'.suites': missing property 'ping'/ },
    { what: 'a type that was taken away', values: { types: { smoke: null } }, complaint: /types: smoke is required|'.types': missing property 'smoke'/ },
    { what: 'an image that was taken away', values: { images: { tests: null } }, complaint: /images: tests is required|'.images': missing property 'tests'/ },
    { what: 'a quota that was taken away', values: { types: { integration: { quota: null } } }, complaint: /types.integration.*quota/ },
  ])('the schema refuses $what', async ({ values, complaint }) => {
    await expect(chart.template(major, { values })).rejects.toThrow(complaint);
  });

  it.each([
    { what: 'an image without tag and digest', values: { images: { tests: { tag: '' } } }, complaint: "'images.tests' must have a tag or a digest" },
    { what: 'a GPU without a limit', values: { suites: { ping: { resources: { requests: { 'nvidia.com/gpu': 1 } } } } }, complaint: "'suites.ping.resources.requests.nvidia.com/gpu' of 1 does not go with its limit of none" },
    { what: 'more memory than the limit', values: { suites: { ping: { resources: { requests: { memory: '65Mi' } } } } }, complaint: "'suites.ping.resources.requests.memory' of 65Mi does not go with its limit of 64Mi" },
    { what: 'a limit of the type below the request', values: { types: { smoke: { limits: { cpu: '0.049' } } } }, complaint: "resources.requests.cpu' of 50m does not go with its limit of 0.049" },
  ])('templates refuse $what', async ({ values, complaint }) => {
    await expect(chart.template(major, { values })).rejects.toThrow(complaint);
  });

  it('takes requests up to their limits, in any unit', async () => {
    const resources = { requests: { cpu: 0.05, memory: '64Mi', 'ephemeral-storage': '1e3', 'nvidia.com/gpu': '2' }, limits: { cpu: '+.05', memory: 67_108_864, 'ephemeral-storage': '1.k', 'nvidia.com/gpu': 2 } };
    const job = jobOf(await chart.template(major, { values: { suites: { ping: { resources } } } }), 'ping');
    expect(suiteContainerOf(job).resources).toEqual(resources);
  });

  it('productionMode switches registry, pull policy and pull secrets, and nothing else', async () => {
    const values = { run: { id: 'same' } };
    // What a Job runs is part of its name.
    const withoutContent = async (options: TemplateOptions): Promise<string> => (await chart.templateText(major, options)).replaceAll(/-same-[0-9a-f]{8}/g, '-same');
    const before = await withoutContent({ values });
    const after = await withoutContent({ values: { ...values, productionMode: true } });
    const changed = difference(before, after);
    expect(changed.filter((line) => !/^(image|imagePullPolicy|imagePullSecrets|- name: "registry"|hash):?/.test(line.trim().replace(/^- image/, 'image')))).toEqual([]);
    const { containers, imagePullSecrets } = jobOf(await chart.template(major, { values: { productionMode: true } }), 'worker').spec.template.spec;
    expect(containers[0]).toMatchObject({ image: 'registry.example.com/shop/fixture-tests:0a1b2c3d4e5f', imagePullPolicy: 'IfNotPresent' });
    expect(imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  it('takes a digest before a tag', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const job = jobOf(await chart.template(major, { values: { images: { tests: { digest, registry: '' } } } }), 'ping');
    expect(suiteContainerOf(job).image).toBe(`fixture-tests@${digest}`);
  });

  it('lets values change and add variables, each name once', async () => {
    const values = { suites: { worker: { env: { BASE_URL: 'http://other', EXTRA: 'on', HOME: '/elsewhere' } } } };
    const env = suiteContainerOf(jobOf(await chart.template(major, { values }), 'worker')).env ?? [];
    expect(env.map(({ name, value }) => `${name}=${value ?? '?'}`)).toEqual([
      'KUBESUITE_SUITE=worker',
      'KUBESUITE_RESULTS=/results',
      'KUBESUITE_SHARD=1/2',
      'KUBESUITE_SHARD_INDEX=1',
      'KUBESUITE_SHARD_TOTAL=2',
      'HOME=/elsewhere',
      'BASE_URL=http://other',
      'DB_PASSWORD=?',
      'FLAGS=?',
      'EXTRA=on',
    ]);
  });

  it('makes timeouts and retries whole numbers, and the backstop larger than all attempts', async () => {
    const { spec } = jobOf(await chart.template(major, { values: { suites: { ping: { timeoutSeconds: 5_000_000, retries: 3 } } } }), 'ping');
    expect(spec.template.spec.activeDeadlineSeconds).toBe(5_000_000);
    expect(spec.backoffLimit).toBe(3);
    expect(spec.activeDeadlineSeconds).toBe(6 * 3600 + (5_000_000 + 120 + 120) * 4 + 3 * 600);
    expect(spec.podFailurePolicy.rules.map(({ action }) => action)).toEqual(['Ignore']);
  });

  it('fails a suite without retries on its first exit code', async () => {
    const { spec } = jobOf(await chart.template(major), 'ping');
    expect(spec.podFailurePolicy.rules.map(({ action }) => action)).toEqual(['Ignore', 'FailJob']);
  });

  it('gives the suite\'s own node selector the last word', async () => {
    const objects = await chart.template(major, { values: { nodeSelector: { pool: 'tests', 'kubernetes.io/arch': 'arm64' } } });
    expect(jobOf(objects, 'watcher').spec.template.spec.nodeSelector).toEqual({ pool: 'tests', 'kubernetes.io/arch': 'amd64' });
    expect(jobOf(objects, 'ping').spec.template.spec.nodeSelector).toEqual({ pool: 'tests', 'kubernetes.io/arch': 'arm64' });
  });

  it('puts Jobs into the queue of their type, else into that of all, and pods into none', async () => {
    const queues = async (values: object): Promise<readonly (string | undefined)[]> => {
      const jobs = jobsOf(await chart.template(major, { values }));
      expect(jobs.filter(({ spec }) => 'suspend' in spec || spec.template.metadata.labels?.[queueLabel] !== undefined)).toEqual([]);
      return ['ping', 'watcher'].map((suite) => jobOf(jobs, suite).metadata.labels?.[queueLabel]);
    };
    expect(await queues({})).toEqual([undefined, undefined]);
    expect(await queues({ queueName: 'tests' })).toEqual(['tests', 'tests']);
    expect(await queues({ queueName: 'tests', types: { platform: { queueName: 'slow' } } })).toEqual(['tests', 'slow']);
    expect(await queues({ types: { platform: { queueName: 'slow' } } })).toEqual([undefined, 'slow']);
  });

  it('puts together what is said for all, for a type and for a suite', async () => {
    const say = (by: string): object => ({
      nodeSelector: { all: by, [by]: '' },
      tolerations: [{ key: by, operator: 'Exists' }],
      labels: { all: by, [by]: by },
      annotations: { all: by, [by]: `${by}: {{ no template }}` },
    });
    const values = { ...say('chart'), types: { platform: say('type') }, suites: { watcher: say('suite') } };
    const objects = await chart.template(major, { values });
    const { metadata, spec } = jobOf(objects, 'watcher');
    const pod = spec.template;
    expect(pod.spec.nodeSelector).toEqual({ all: 'suite', chart: '', type: '', suite: '', 'kubernetes.io/arch': 'amd64' });
    expect(pod.spec.tolerations).toEqual(['chart', 'type', 'suite'].map((key) => ({ key, operator: 'Exists' })));
    for (const { labels, annotations } of [metadata, pod.metadata]) {
      expect(labels).toMatchObject({ all: 'suite', chart: 'chart', type: 'type', suite: 'suite' });
      expect(annotations).toMatchObject({ all: 'suite', chart: 'chart: {{ no template }}', type: 'type: {{ no template }}' });
    }
    expect(jobOf(objects, 'ping').metadata.labels).toMatchObject({ all: 'chart' });
  });

  it('lets an empty text of a suite win over what its type says', async () => {
    const values = { types: { integration: { labels: { a: 'type' } } }, suites: { worker: { labels: { a: '' } } } };
    const labels = jobOf(await chart.template(major, { values }), 'worker').spec.template.metadata.labels;
    expect(labels).toMatchObject({ a: '', team: 'checkout', tier: 'slow' });
  });

  it('pulls with the Secrets for all, for its images and for production, each once', async () => {
    const secrets = async (values: object): Promise<readonly string[]> => {
      const objects = await chart.template(major, { values: { pullSecrets: ['all'], images: { tests: { pullSecrets: ['own', 'all'] }, tools: { pullSecrets: ['tools'] } }, ...values } });
      return ['ping', 'rooted'].map((suite) => (jobOf(objects, suite).spec.template.spec.imagePullSecrets ?? []).map(({ name }) => name).join(' '));
    };
    expect(await secrets({})).toEqual(['all own', 'all own tools']);
    expect(await secrets({ productionMode: true })).toEqual(['all own registry', 'all own tools registry']);
  });

  it('takes the registry of production, else that for all, else that of the image', async () => {
    const image = async (values: object): Promise<string> => suiteContainerOf(jobOf(await chart.template(major, { values }), 'ping')).image.replace(/\/fixture-.*/, '');
    expect(await image({})).toBe('localhost');
    expect(await image({ registry: 'mirror.example.com' })).toBe('mirror.example.com');
    expect(await image({ registry: 'mirror.example.com', productionMode: true })).toBe('registry.example.com/shop');
    expect(await image({ registry: 'mirror.example.com', productionMode: true, production: { registry: '' } })).toBe('mirror.example.com');
  });

  it('limits by type what a suite does not limit itself', async () => {
    const values = { types: { smoke: { limits: { cpu: 2, memory: '1Gi' } } }, suites: { on: { resources: { limits: null } } } };
    const objects = await chart.template(major, { values });
    const limits = (suite: string): unknown => suiteContainerOf(jobOf(objects, suite)).resources?.limits;
    expect(limits('ping')).toEqual({ cpu: 2, memory: '64Mi' });
    expect(limits('on')).toEqual({ cpu: 2, memory: '1Gi' });
    expect(limits('watcher')).toEqual({ memory: '64Mi' });
  });

  it('limits the CPU of collector and guard where that of the suite is limited, and makes another Job of no other suite', async () => {
    const [before, after] = [await chart.template(major), await chart.template(major, { values: { types: { integration: { limits: { cpu: 2 } } }, suites: { 'own-user': { resources: { limits: { cpu: '1' } } } } } })];
    const limits = (objects: readonly KubeObject[], suite: string): unknown => jobOf(objects, suite).spec.template.spec.initContainers?.map(({ name, resources }) => [name, resources?.limits]);
    const limited = { cpu: '500m', memory: '64Mi' };
    expect(limits(before, 'guarded')).toEqual([['network-guard', { memory: '64Mi' }], ['collector', { memory: '64Mi' }]]);
    expect(limits(after, 'guarded')).toEqual([['network-guard', limited], ['collector', limited]]);
    expect(limits(after, 'own-user')).toEqual([['collector', limited]]);
    const same = jobsOf(after).filter((job) => jobsOf(before).some(({ metadata }) => metadata.name === job.metadata.name));
    expect(same.map(({ metadata }) => metadata.labels?.['kubesuite.dev/suite'])).toEqual(['at-home', 'on', 'ping', 'watcher']);
  });

  it('gives a token only to a suite that declares rules', async () => {
    const objects = await chart.template(major);
    const withToken = jobsOf(objects).filter(({ spec }) => spec.template.spec.automountServiceAccountToken);
    expect(withToken.map(({ spec }) => spec.template.spec.serviceAccountName)).toEqual(['rel-guarded', 'rel-watcher']);
    const rights = objects.filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding').map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(rights.toSorted()).toEqual(['Role rel-watcher', 'RoleBinding rel-guarded:view', 'RoleBinding rel-watcher']);
  });

  it('lets a guard go before a suite that declares denials, and only the named services come in', async () => {
    const objects = await chart.template(major);
    const { initContainers = [], containers } = jobOf(objects, 'guarded').spec.template.spec;
    expect(initContainers.map(({ name }) => name)).toEqual(['network-guard', 'collector']);
    expect(initContainers[0]?.env).toEqual([
      { name: 'KUBESUITE_USES', value: 'web web.shop 80 kubernetes $(KUBERNETES_SERVICE_HOST) $(KUBERNETES_SERVICE_PORT)' },
      { name: 'KUBESUITE_DENIES', value: 'redis redis 6379' },
      { name: 'KUBESUITE_GUARD_SECONDS', value: '30' },
    ]);
    expect(initContainers[0]?.image).toContain('registry.example.com/tools@sha256:');
    expect(jobsOf(objects).filter(({ spec }) => spec.template.spec.initContainers?.some(({ name }) => name === 'network-guard')).map(({ spec }) => spec.template.spec.serviceAccountName)).toEqual(['rel-guarded']);
    expect(containers[0]?.env).toContainEqual({ name: 'KUBESUITE_HOST', value: expect.stringMatching(/^rel-guarded\.[a-z-]+\.svc$/) as string });
    expect(objectOf(objects, 'Service', 'rel-guarded').spec).toMatchObject({ ports: [{ port: 8080, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] });
    expect(objectOf(objects, 'NetworkPolicy', 'rel-guarded').spec).toMatchObject({
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'web' } } }, { ipBlock: { cidr: '198.51.100.0/24' } }, { ipBlock: {} }], ports: [{ port: 8080, protocol: 'TCP' }] },
        { from: [{ podSelector: { matchLabels: { app: 'redis' } } }], ports: [{ port: 53, protocol: 'UDP' }] },
      ],
    });
  });

  it('tells the guard whether there are policies, without another Job', async () => {
    const [closed, open] = await Promise.all([true, false].map((enabled) => chart.template(major, { values: { run: { id: 'same' }, networkPolicy: { enabled } } })));
    const told = (objects: typeof closed = []): readonly string[] => Object.keys(objectOf(objects, 'ConfigMap', 'rel-network-guard')['data'] as object);
    expect([told(closed), told(open)]).toEqual([['guard.sh', 'policies'], ['guard.sh']]);
    expect(jobsOf(open ?? [])).toEqual(jobsOf(closed ?? []));
  });

  it('scopes quotas by PriorityClass when there are classes, else by deadline', async () => {
    const plain = await chart.template(major);
    expect(objectOf(plain, 'ResourceQuota', 'rel-platform').spec).toEqual({ hard: { pods: '2' }, scopes: ['Terminating'] });
    expect(plain.some(({ kind }) => kind === 'PriorityClass')).toBe(false);
    const classes = await chart.template(major, { values: { priorityClasses: { create: true } } });
    const { name } = objectOf(classes.filter(({ metadata }) => metadata.name.startsWith('rel-testing-platform-')), 'PriorityClass').metadata;
    expect(objectOf(classes, 'ResourceQuota', 'rel-platform-by-class').spec).toEqual({
      hard: { pods: '2' },
      scopeSelector: { matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: [name] }] },
    });
    expect(objectOf(classes, 'PriorityClass', name)).toMatchObject({ value: -10, preemptionPolicy: 'Never' });
    expect(jobOf(classes, 'watcher').spec.template.spec.priorityClassName).toBe(name);
  });

  it('allows all suites DNS, and each what it declares', async () => {
    const objects = await chart.template(major, { values: { networkPolicy: { extraEgressCidrs: ['10.1.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] } } });
    expect(objectOf(objects, 'NetworkPolicy', 'rel-worker').spec).toMatchSnapshot();
    expect(objectOf(objects, 'NetworkPolicy', 'rel-suites').spec).toMatchSnapshot();
    expect(objectOf(objects, 'NetworkPolicy', 'rel-watcher').spec).toMatchObject({
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ port: 443, protocol: 'TCP' }, { port: 6443, protocol: 'TCP' }] }],
    });
    const closed = await chart.template(major, { values: { networkPolicy: { apiServerCidrs: [] } } });
    expect(objectOf(closed, 'NetworkPolicy', 'rel-watcher').spec).toEqual({ podSelector: expect.anything() as object, policyTypes: ['Egress'] });
    const open = await chart.template(major, { values: { networkPolicy: { enabled: false } } });
    expect(open.filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
  });
});

/** Lines that only one of both texts has. */
function difference(before: string, after: string): readonly string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return [...a.filter((line) => !b.includes(line)), ...b.filter((line) => !a.includes(line))];
}
