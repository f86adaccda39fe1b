import { randomInt } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { ensurePackages, nodePaths } from '../cluster/index.ts';
import { kubeconfigOf } from '../cluster/kubeconfigs.ts';
import { ensureArgoCd, findArgoCdCrds } from '../tools/argocd.ts';
import { ChildProcesses } from './child-processes.ts';
import { helm, kubectl } from './e2e.ts';

const programs = ['redis', 'repo-server', 'application-controller'] as const;
const crds = ['application-crd.yaml', 'appproject-crd.yaml'];
const crdNames = ['applications.argoproj.io', 'appprojects.argoproj.io'];

/**
 * A real Argo CD (application-controller, repo-server and redis) in the network namespace of the test node,
 * which no packet leaves. Its objects are in a namespace of its own; only its CRDs belong to the cluster.
 */
export class ArgoCd {
  readonly namespace: string;
  readonly #folder: string;
  readonly #children = new ChildProcesses();

  static async start(namespace: string): Promise<ArgoCd> {
    const argo = new ArgoCd(namespace, await mkdtemp(join(tmpdir(), 'kubesuite-argocd-')));
    try {
      await argo.#install();
      await argo.#run();
    } catch (error) {
      await argo.stop();
      throw error;
    }
    return argo;
  }

  private constructor(namespace: string, folder: string) {
    this.namespace = namespace;
    this.#folder = folder;
  }

  /** Ends its processes and removes its objects. */
  async stop(): Promise<void> {
    await this.#children.killAll();
    await kubectl('delete', 'namespace', this.namespace, '--ignore-not-found');
    await kubectl('delete', 'crd', ...crdNames, '--ignore-not-found');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** What its programs have complained of, the last lines. */
  get complaints(): string {
    return programs.map((name) => `${name}:\n${this.#log(name).filter((line) => /"level":"(?!info|debug)/.test(line)).slice(-10).join('\n')}`).join('\n');
  }

  async #install(): Promise<void> {
    await ensurePackages(['git', 'redis-tools']);
    const folder = await findArgoCdCrds();
    // Its descriptions are too long for the annotation that a client-side apply leaves.
    for (const crd of crds) await kubectl('apply', '--server-side', '--force-conflicts', '--filename', join(folder, crd));
    // Not `kubectl wait`, which fails while an object has no conditions at all.
    const established = '--output=jsonpath={.items[*].status.conditions[?(@.type=="Established")].status}';
    await vi.waitFor(async () => expect(await kubectl('get', 'crd', ...crdNames, established)).toBe('True True'), { timeout: 60_000, interval: 200 });
    const settings = join(this.#folder, 'settings.json');
    await writeFile(settings, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: this.#settings() }));
    await kubectl('apply', '--filename', settings);
  }

  #settings(): readonly object[] {
    const { namespace } = this;
    const named = (name: string): object => ({ name, namespace, labels: { 'app.kubernetes.io/part-of': 'argocd' } });
    const everything = [{ group: '*', kind: '*' }];
    return [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: named('argocd-cm'), data: {} },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: named('argocd-rbac-cm'), data: {} },
      { apiVersion: 'v1', kind: 'Secret', metadata: named('argocd-secret'), stringData: { 'server.secretkey': 'unused' } },
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: 'default', namespace },
        spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }], clusterResourceWhitelist: everything },
      },
    ];
  }

  async #run(): Promise<void> {
    const bin = join(this.#folder, 'bin');
    await mkdir(bin);
    const argocd = await ensureArgoCd();
    await symlink(argocd, join(bin, 'argocd-repo-server'));
    await symlink(argocd, join(bin, 'argocd-application-controller'));
    await symlink(helm(3), join(bin, 'helm'));
    // The package `redis-server` would start a service; this one has the same program, which goes by its name.
    await symlink('/usr/bin/redis-check-rdb', join(bin, 'redis-server'));
    const [redis, repoServer, repoMetrics, metrics] = freePorts();
    const address = `127.0.0.1:${redis}`;
    this.#start('redis', ['redis-server', '--bind', '127.0.0.1', '--port', redis, '--save', '', '--appendonly', 'no', '--dir', this.#folder]);
    this.#start('repo-server', toCommand('argocd-repo-server', {
      redis: address,
      'disable-tls': 'true',
      address: '127.0.0.1',
      port: repoServer,
      'metrics-address': '127.0.0.1',
      'metrics-port': repoMetrics,
    }));
    this.#start('application-controller', toCommand('argocd-application-controller', {
      redis: address,
      'repo-server': `127.0.0.1:${repoServer}`,
      'repo-server-plaintext': 'true',
      kubeconfig: kubeconfigOf(nodePaths(), 'admin'),
      namespace: this.namespace,
      'metrics-port': metrics,
    }));
  }

  #start(name: (typeof programs)[number], [program, ...args]: readonly [string, ...string[]]): void {
    const log = openSync(join(this.#folder, `${name}.log`), 'a');
    // A test run that is killed takes them along.
    const command = ['--pdeathsig', 'KILL', 'nsenter', `--net=${nodePaths().netnsPath}`, join(this.#folder, 'bin', program), ...args];
    this.#children.spawn('setpriv', command, { nodeOptions: { cwd: this.#folder, env: this.#env(), stdio: ['ignore', log, log] } });
    closeSync(log);
  }

  #env(): Record<string, string> {
    return {
      PATH: `${join(this.#folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: this.#folder,
      TMPDIR: this.#folder,
      KUBECONFIG: kubeconfigOf(nodePaths(), 'admin'),
      // `https://kubernetes.default.svc` is then the cluster of the kubeconfig.
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      ARGOCD_GPG_ENABLED: 'false',
      ARGOCD_ASK_PASS_SOCK: join(this.#folder, 'ask-pass.sock'),
    };
  }

  #log(name: (typeof programs)[number]): readonly string[] {
    return readFileSync(join(this.#folder, `${name}.log`), 'utf8').split('\n');
  }
}

function toCommand(program: string, flags: Readonly<Record<string, string>>): readonly [string, ...string[]] {
  return [program, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)];
}

/** Below the range that the kernel gives to connections; each run its own. */
function freePorts(): readonly [string, string, string, string] {
  const first = 20_000 + 4 * randomInt(2500);
  return [String(first), String(first + 1), String(first + 2), String(first + 3)];
}
