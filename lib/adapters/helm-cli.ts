import { x, type Output } from 'tinyexec';
import { KubesuiteError } from '../errors.ts';
import { hasCode } from '../has-code.ts';
import { isSupportedHelm, oldestHelm } from './helm-version.ts';
import type { Helm, InstallOptions, ReleaseStatus } from '../ports/helm.ts';

export interface HelmCliOptions {
  /** @default 'helm' */
  readonly binary?: string | undefined;
  readonly kubeconfig: string | undefined;
  /** Undefined in a pod without a kubeconfig: there Helm takes the pod's service account, as kubesuite does. */
  readonly context: string | undefined;
  /**
   * Of one command of Helm, which has none of its own on requests to a silent API server.
   * @default 600_000 - six times what 5,000 suites took (docs/scale.md)
   */
  readonly deadlineMs?: number;
}

/** Helm 4 lists them by default and has no --all. */
const anyStatus = ['--deployed', '--failed', '--pending', '--uninstalled', '--uninstalling'];

/** All objects are those of the config, which are known to be right; Helm would fetch and read the API server's whole schema first, a quarter of what an install computes and more. */
const withoutOpenApi = ['--disable-openapi-validation'];

/** By the schema of the chart, or by `fail` in one of its templates. */
const refusedValues = /values don't meet the specifications of the schema|execution error at \(/;

/** What to do about what Helm says. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/may not be more than 1048576 bytes/, 'Helm keeps a release in one Secret: `kubesuite plan` shows its size, and docs/scale.md what makes it smaller'],
  [/cluster unreachable/i, 'check that the cluster runs and that the context is the right one: kubectl cluster-info'],
  [/release: already exists|cannot re-?use a name|another operation \(install/, 'somebody else works on this release: wait for their run, or choose another --release'],
  [refusedValues, 'values.schema.json and the README of the chart list what can be set; nothing was installed'],
  [/forbidden/, 'Helm keeps releases in Secrets of the namespace: ask for the right to list, create and delete them there'],
];

/** Helm 3.19 or newer, or Helm 4, as a child process. */
export class HelmCli implements Helm {
  readonly #binary: string;
  readonly #global: readonly string[];
  readonly #deadlineMs: number;
  #checked: Promise<void> | undefined;

  constructor({ binary, kubeconfig, context, deadlineMs = 600_000 }: HelmCliOptions) {
    this.#binary = binary ?? 'helm';
    this.#deadlineMs = deadlineMs;
    this.#global = [...(context === undefined ? [] : ['--kube-context', context]), ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig])];
  }

  async install({ release, chart, namespace, values, valuesFiles, description, exists, signal }: InstallOptions): Promise<void> {
    const args = [
      ...(exists ? ['upgrade', '--install'] : ['install']), release, chart, '--namespace', namespace, '--description', description, ...withoutOpenApi,
      ...valuesFiles.flatMap((file) => ['--values', file]),
      ...Object.entries(values).flatMap(([key, value]) => [typeof value === 'string' ? '--set-string' : '--set', `${key}=${value}`]),
    ];
    try {
      await this.#run(args, signal);
    } catch (error) {
      // Asked for it at once, Helm also creates a namespace that is there, which needs a right of the whole cluster.
      if (!(error instanceof KubesuiteError && error.message.includes(`namespaces "${namespace}" not found`))) throw error;
      await this.#run([...args, '--create-namespace'], signal);
    }
  }

  async status(release: string, namespace: string, signal?: AbortSignal): Promise<ReleaseStatus | undefined> {
    // Reading needs no check first: both processes start at once.
    this.#checked ??= this.#checkVersion();
    const listed = this.#spawn(['list', ...anyStatus, '--namespace', namespace, '--filter', `^${release.replaceAll('.', String.raw`\.`)}$`, '--output', 'json', ...this.#global], signal);
    const [output] = await Promise.all([listed, this.#checked]);
    const found = parseList<ListedRelease>('list', output).find(({ name }) => name === release);
    return found && { status: found.status, chart: found.chart };
  }

  async readDescription(release: string, namespace: string): Promise<string> {
    const history = parseList<{ readonly description: string }>('history', await this.#run(['history', release, '--namespace', namespace, '--max', '1', '--output', 'json']));
    return history[0]?.description ?? '';
  }

  async readValues(release: string, namespace: string): Promise<unknown> {
    if ((await this.status(release, namespace)) === undefined) return undefined;
    return parseJson(await this.#run(['get', 'values', release, '--namespace', namespace, '--output', 'json']));
  }

  async readManifest(release: string, namespace: string): Promise<string> {
    return this.#run(['get', 'manifest', release, '--namespace', namespace]);
  }

  async uninstall(release: string, namespace: string): Promise<void> {
    // With --ignore-not-found Helm also takes for not found what it has no right to look for.
    await this.status(release, namespace);
    await this.#run(['uninstall', release, '--namespace', namespace, '--ignore-not-found']);
  }

  async #run(args: readonly string[], signal?: AbortSignal): Promise<string> {
    await (this.#checked ??= this.#checkVersion());
    return this.#spawn([...args, ...this.#global], signal);
  }

  async #checkVersion(): Promise<void> {
    const version = await this.#spawn(['version', '--template', '{{.Version}}']);
    if (!isSupportedHelm(version)) {
      throw new KubesuiteError('HELM_OLD', `Helm ${version.trim()} is too old; kubesuite needs ${oldestHelm} or newer.`, {
        hint: 'install a newer Helm, or name one with --helm or KUBESUITE_HELM',
      });
    }
  }

  async #spawn(args: readonly string[], signal?: AbortSignal): Promise<string> {
    const { stdout, stderr, exitCode } = await this.#start(args, signal).catch((error: unknown) => {
      throw this.#explain(args[0] ?? '', error);
    });
    if (signal?.aborted) throw new KubesuiteError('HELM_FAILED', `helm ${args[0] ?? ''} was interrupted.`);
    if (exitCode !== 0) {
      const hint = hints.find(([pattern]) => pattern.test(stderr))?.[1];
      const code = refusedValues.test(stderr) ? 'VALUES_INVALID' : 'HELM_FAILED';
      throw new KubesuiteError(code, `helm ${args[0] ?? ''} failed with exit code ${exitCode ?? 'none'}: ${stderr.trim() || 'it did not say why'}`, { ...(hint !== undefined && { hint }) });
    }
    return stdout;
  }

  /** Rejects also where `x` throws: at what cannot be started at all. */
  async #start(args: readonly string[], signal: AbortSignal | undefined): Promise<Output> {
    return x(this.#binary, [...args], { timeout: this.#deadlineMs, ...(signal && { signal }), nodeOptions: { stdio: ['ignore', 'pipe', 'pipe'] } });
  }

  #explain(command: string, error: unknown): KubesuiteError {
    const said = error instanceof Error ? error.message : String(error);
    if (hasCode(error, 'ENOENT') || hasCode(error, 'EACCES')) {
      return new KubesuiteError('HELM_MISSING', `Helm cannot be run as '${this.#binary}': ${said}`, {
        cause: error,
        hint: `install Helm ${oldestHelm} or newer, or name one with --helm or KUBESUITE_HELM`,
      });
    }
    if (isTimeout(error)) {
      return new KubesuiteError('HELM_FAILED', `helm ${command} did not end within ${this.#deadlineMs / 1000} s and was ended.`, {
        cause: error,
        hint: 'check that the API server answers: kubectl get --raw /readyz',
      });
    }
    return new KubesuiteError('HELM_FAILED', `helm ${command} could not be run: ${said}`, { cause: error });
  }
}

interface ListedRelease extends ReleaseStatus {
  readonly name: string;
}

/** A wrapper of Helm may print more than Helm does, or something else. */
function parseList<Item>(command: string, output: string): readonly Item[] {
  const listed = parseJson(output);
  if (Array.isArray(listed)) return listed as readonly Item[];
  throw new KubesuiteError('HELM_FAILED', `helm ${command} must print a list as JSON and nothing else; received '${output.slice(0, 200).trim()}'.`, {
    hint: 'name Helm itself, and no wrapper that prints words of its own, with --helm or KUBESUITE_HELM',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** tinyexec keeps time by AbortSignal.timeout. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.name === 'TimeoutError';
}
