import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { x } from 'tinyexec';
import { renderChart } from '../../lib/chart/render.ts';
import { writeChart } from '../../lib/chart/write.ts';
import type { ResolvedConfig } from '../../lib/config/resolved.ts';
import { helm, kubeconfig, kubectl, listNamespace } from '../support/e2e.ts';
import { onFakeNodes } from './fake-nodes.ts';

const deadlineMs = 30 * 60_000;
const release = 'scale';

/** The chart of a config, in a namespace and a folder of its own. */
export class InstalledChart {
  readonly namespace: string;
  readonly #folder: string;
  readonly #major: 3 | 4;
  /** How long `helm install` took. */
  readonly installSeconds: number;

  static async install(config: ResolvedConfig, major: 3 | 4): Promise<InstalledChart> {
    const namespace = `scale-${randomBytes(4).toString('hex')}`;
    const folder = await mkdtemp(join(tmpdir(), 'kubesuite-scale-'));
    const [chart, values] = [join(folder, 'chart'), join(folder, 'values.json')];
    writeChart(chart, renderChart(config));
    await writeFile(values, JSON.stringify(onFakeNodes));
    await kubectl('create', 'namespace', namespace);
    const seconds = await timed(async () => runHelm(major, ['install', release, chart, '--namespace', namespace, '--values', values, ...oneByOne[major]]));
    return new InstalledChart(namespace, folder, major, seconds);
  }

  private constructor(namespace: string, folder: string, major: 3 | 4, installSeconds: number) {
    this.namespace = namespace;
    this.#folder = folder;
    this.#major = major;
    this.installSeconds = installSeconds;
  }

  async countJobs(): Promise<number> {
    return (await kubectl('get', 'jobs', '--namespace', this.namespace, '--output=name')).split('\n').filter(Boolean).length;
  }

  /** Bytes of the Secret that Helm keeps the release in, as its limit counts them. */
  async releaseBytes(): Promise<number> {
    const data = await kubectl('get', 'secret', `sh.helm.release.v1.${release}.v1`, '--namespace', this.namespace, '--output=jsonpath={.data.release}');
    return Buffer.from(data, 'base64').length;
  }

  /** What `kubesuite wait` says, and how long it took. */
  async wait(): Promise<{ readonly stdout: string; readonly exitCode: number | undefined; readonly seconds: number }> {
    let output: { readonly stdout: string; readonly exitCode: number | undefined } | undefined;
    const seconds = await timed(async () => {
      output = await x(process.execPath, [join(import.meta.dirname, '../../bin/kubesuite.js'), 'wait', release, '--namespace', this.namespace], {
        timeout: deadlineMs,
        nodeOptions: { cwd: this.#folder, env: { ...process.env, KUBECONFIG: kubeconfig(), KUBESUITE_HELM: helm(this.#major), NO_COLOR: '1', CI: 'true' } },
      });
    });
    return { stdout: output?.stdout ?? '', exitCode: output?.exitCode, seconds };
  }

  /** Seconds of `helm uninstall`, and until nothing is left in the namespace. */
  async uninstall(): Promise<{ readonly helm: number; readonly all: number }> {
    let seconds = 0;
    const all = await timed(async () => {
      seconds = await timed(async () => uninstallPatiently(this.#major, this.namespace));
      const until = Date.now() + deadlineMs;
      for (let left = await listNamespace(this.namespace); left.length > 0; left = await listNamespace(this.namespace)) {
        if (Date.now() > until) throw new Error(`${left.length} objects are left: ${left.slice(0, 5).join(', ')} …`);
        // Each look lists everything.
        await sleep(2000);
      }
    });
    await kubectl('delete', 'namespace', this.namespace);
    await rm(this.#folder, { recursive: true });
    return { helm: seconds, all };
  }
}

/** Helm 4 applies all Jobs at once, which the API server may not get through within a minute; then it refuses the rest. */
const oneByOne: Readonly<Record<3 | 4, readonly string[]>> = { 3: [], 4: ['--server-side=false'] };

/** As `kubesuite clean` does: an API server that does not get through thousands of deletions at once refuses some of them. */
async function uninstallPatiently(major: 3 | 4, namespace: string, more = 3): Promise<void> {
  try {
    await runHelm(major, ['uninstall', release, '--namespace', namespace]);
  } catch (error) {
    if (more === 0 || !String(error).includes('failed to delete release')) throw error;
    await sleep(2000);
    await uninstallPatiently(major, namespace, more - 1);
  }
}

async function runHelm(major: 3 | 4, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await x(helm(major), [...args], { timeout: deadlineMs, nodeOptions: { env: { ...process.env, KUBECONFIG: kubeconfig() } } });
  if (exitCode !== 0) throw new Error(`helm ${args[0] ?? ''} exited with ${exitCode}: ${stderr}`);
}

export async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}
