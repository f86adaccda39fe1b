import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { nodePaths } from '../cluster/index.ts';
import { addresses } from '../cluster/paths.ts';
import { run } from '../cluster/shell.ts';
import { waitFor } from '../cluster/wait-for.ts';
import { ensureKueue } from '../tools/kueue.ts';
import { kubeconfig, kubectl } from './e2e.ts';

/** Of everything that belongs to the whole cluster. */
const name = 'kubesuite-test-kueue';
/** On the namespaces that this Kueue may touch: the node is everybody's. */
const namespaceLabel = { [name]: 'on' };
/** LocalQueue in each of these namespaces. */
export const queue = 'tests';
const webhookPort = 9443;
const account = { kind: 'ServiceAccount', name, namespace: 'default' };

interface WebhookConfiguration {
  metadata: { name: string; labels?: object };
  webhooks: { clientConfig: { service?: { path: string } }; rules: { resources: string[] }[] }[];
}

/**
 * Kueue on the test node. It reads the whole cluster, and changes Jobs only where `manage` lets it:
 * by its rights, and by the selector of its webhooks.
 */
export class Kueue {
  readonly #folder: string;
  readonly #sources: string;
  #controller: ChildProcess | undefined;

  private constructor(folder: string, sources: string) {
    this.#folder = folder;
    this.#sources = sources;
  }

  static async start(): Promise<Kueue> {
    const { binary, sources } = await ensureKueue();
    const kueue = new Kueue(await mkdtemp(join(tmpdir(), 'kubesuite-kueue-')), sources);
    try {
      // Of a run that was killed.
      await kueue.#removeFromCluster();
      await kueue.#install();
      await kueue.#startController(binary);
      return kueue;
    } catch (error) {
      await kueue.stop();
      throw error;
    }
  }

  /** Lets Jobs of the namespace run in the queue `tests`: so many pods at once. */
  async manage(namespace: string, pods: number): Promise<void> {
    await kubectl('label', 'namespace', namespace, `${name}=on`);
    const covered = { cpu: '100', memory: '100Gi', pods };
    await this.#apply([
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name, namespace }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `${name}-jobs` }, subjects: [account] },
      {
        ...kueueObject('ClusterQueue', namespace),
        spec: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          resourceGroups: [{ coveredResources: Object.keys(covered), flavors: [{ name, resources: Object.entries(covered).map(([resource, nominalQuota]) => ({ name: resource, nominalQuota })) }] }],
        },
      },
      { ...kueueObject('LocalQueue', queue, namespace), spec: { clusterQueue: namespace } },
    ]);
    await kubectl('wait', '--for=condition=Active', `localqueue/${queue}`, '--namespace', namespace, '--timeout=30s');
  }

  /** Nothing of it is left, also after a failure. */
  async stop(): Promise<void> {
    try {
      await this.#removeFromCluster();
    } finally {
      if (this.#controller !== undefined) {
        const ended = once(this.#controller, 'exit');
        this.#controller.kill('SIGKILL');
        await ended;
      }
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  async #install(): Promise<void> {
    await kubectl('create', '--filename', join(this.#sources, 'crd/bases'));
    await kubectl('wait', '--for=condition=Established', ...(await crds()), '--timeout=30s');
    const [{ rules }] = await this.#read<{ rules: object[] }>('rbac/role.yaml');
    await this.#apply([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: account.namespace } },
      clusterRole(`${name}-jobs`, rules),
      clusterRole(name, [
        { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['kueue.x-k8s.io'], resources: ['*'], verbs: ['*'] },
      ]),
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }, subjects: [account] },
      { ...kueueObject('ResourceFlavor', name) },
    ]);
  }

  async #startController(binary: string): Promise<void> {
    const file = (path: string): string => join(this.#folder, path);
    const host = addresses.node;
    await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1', '-subj', '/CN=kueue', '-addext', `subjectAltName=IP:${host}`, '-keyout', file('tls.key'), '-out', file('tls.crt')]);
    await writeFile(file('kubeconfig'), await this.#kubeconfig(`https://${host}:6443`));
    await writeFile(
      file('config.yaml'),
      stringify({
        apiVersion: 'config.kueue.x-k8s.io/v1beta1',
        kind: 'Configuration',
        health: { healthProbeBindAddress: '0' },
        metrics: { bindAddress: '0' },
        webhook: { port: webhookPort, certDir: this.#folder },
        leaderElection: { leaderElect: false },
        internalCertManagement: { enable: false },
        manageJobsWithoutQueueName: false,
        integrations: { frameworks: ['batch/job'] },
      }),
    );
    const log = openSync(file('log'), 'a');
    this.#controller = spawn('nsenter', [`--net=${nodePaths().netnsPath}`, binary, '--config', file('config.yaml'), '--feature-gates=VisibilityOnDemand=false,MultiKueue=false'], {
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], KUBECONFIG: file('kubeconfig') },
    });
    const tail = (): string => readFileSync(file('log'), 'utf8').split('\n').slice(-8).join('\n');
    await waitFor('the webhooks of Kueue', 60, () => readFileSync(file('log'), 'utf8').includes('Serving webhook server'), tail);
    await this.#apply(await this.#webhooks(`https://${host}:${webhookPort}`, await readFile(file('tls.crt'), 'base64')));
  }

  /** By URL, as no Service leads out of the cluster; for the kinds that matter here. */
  async #webhooks(url: string, caBundle: string): Promise<readonly object[]> {
    const configurations = await this.#read<WebhookConfiguration>('webhook/manifests.yaml');
    return configurations.map((configuration) => ({
      ...configuration,
      metadata: { name: `${name}-${configuration.metadata.name}` },
      webhooks: configuration.webhooks
        .filter(({ rules }) => rules.every(({ resources }) => resources.includes('jobs') || resources.includes('workloads') || resources.includes('clusterqueues')))
        .map((webhook) => ({
          ...webhook,
          clientConfig: { url: `${url}${webhook.clientConfig.service?.path ?? ''}`, caBundle },
          failurePolicy: 'Ignore',
          namespaceSelector: { matchLabels: namespaceLabel },
        })),
    }));
  }

  async #kubeconfig(server: string): Promise<string> {
    const token = (await kubectl('create', 'token', name, '--namespace', account.namespace)).trim();
    const config = JSON.parse(await readFile(kubeconfig(), 'utf8')) as { clusters: { cluster: object }[]; users: object[]; contexts: { context: { user: string } }[] };
    for (const entry of config.clusters) entry.cluster = { ...entry.cluster, server };
    config.users = config.contexts.map(({ context }) => ({ name: context.user, user: { token } }));
    return JSON.stringify(config);
  }

  async #removeFromCluster(): Promise<void> {
    for (const kind of ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']) {
      await kubectl('delete', kind, ...['mutating', 'validating'].map((mode) => `${name}-${mode}-webhook-configuration`), '--ignore-not-found');
    }
    const installed = await crds();
    for (const crd of installed) {
      // Nobody takes the finalizers off when the controller is gone.
      const kind = crd.replace('customresourcedefinition.apiextensions.k8s.io/', '');
      const objects = await kubectl('get', kind, '--all-namespaces', '--output=jsonpath={range .items[?(@.metadata.finalizers)]}{.metadata.namespace},{.metadata.name}{"\\n"}{end}');
      for (const line of objects.split('\n').filter(Boolean)) {
        const [namespace = '', object = ''] = line.split(',');
        const where = namespace === '' ? [] : ['--namespace', namespace];
        await kubectl('patch', kind, object, ...where, '--type=merge', '--patch={"metadata":{"finalizers":null}}').catch(() => undefined);
      }
    }
    if (installed.length > 0) await kubectl('delete', ...installed, '--timeout=60s');
    await kubectl('delete', 'clusterrolebinding', name, '--ignore-not-found');
    await kubectl('delete', 'clusterrole', name, `${name}-jobs`, '--ignore-not-found');
    await kubectl('delete', 'serviceaccount', name, '--namespace', account.namespace, '--ignore-not-found');
  }

  async #read<T>(path: string): Promise<[T, ...T[]]> {
    return parseAllDocuments(await readFile(join(this.#sources, path), 'utf8')).map((document) => document.toJS() as T) as [T, ...T[]];
  }

  async #apply(objects: readonly object[]): Promise<void> {
    const file = join(this.#folder, 'objects.json');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    await kubectl('apply', '--filename', file);
  }
}

async function crds(): Promise<readonly string[]> {
  const all = await kubectl('get', 'crds', '--output=name');
  return all.split('\n').filter((crd) => crd.endsWith('.kueue.x-k8s.io'));
}

function clusterRole(role: string, rules: readonly object[]): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: role }, rules };
}

function kueueObject(kind: string, object: string, namespace?: string): object {
  return { apiVersion: 'kueue.x-k8s.io/v1beta1', kind, metadata: { name: object, ...(namespace !== undefined && { namespace }) } };
}
