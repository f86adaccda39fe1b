import { createInterface } from 'node:readline/promises';
import { KubeConfig, VersionApi } from '@kubernetes/client-node';
import type { LocalProvider } from '../lib/cli/local-context.ts';
import { startCluster } from '../test/cluster/index.ts';
import { chooseCluster, type ClusterChoice } from './demo-cluster-choice.ts';
import { note, step } from './demo-steps.ts';

export interface DemoClusterOptions {
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly embedded: boolean;
  readonly yes: boolean;
}

export interface DemoCluster {
  readonly config: KubeConfig;
  readonly context: string;
  /** Undefined: not a known local cluster. */
  readonly provider: LocalProvider | undefined;
  /** What the CLI needs to talk to this cluster and to no other. */
  readonly cliArgs: readonly string[];
}

/** Connects to the cluster that the user means, or starts the one of this repository. */
export async function connectDemoCluster(options: DemoClusterOptions): Promise<DemoCluster | undefined> {
  const current = readKubeConfig(options.kubeconfig);
  const choice = chooseCluster({
    context: options.context,
    kubeconfigGiven: (options.kubeconfig ?? process.env['KUBECONFIG']) !== undefined,
    currentContext: currentContextOf(current),
    embedded: options.embedded,
  });
  if (choice.kind === 'embedded') return startEmbedded(choice.why);

  note(`cluster: ${choice.context} (${choice.why})`);
  await connectTo(current, choice.context);
  if (choice.provider === undefined && !options.yes && !(await confirm(choice))) return undefined;
  const kubeconfigArgs = options.kubeconfig === undefined ? [] : ['--kubeconfig', options.kubeconfig];
  return {
    config: current,
    context: choice.context,
    provider: choice.provider,
    cliArgs: [...kubeconfigArgs, '--context', choice.context],
  };
}

function readKubeConfig(path: string | undefined): KubeConfig {
  const config = new KubeConfig();
  if (path === undefined) config.loadFromDefault();
  else config.loadFromFile(path);
  return config;
}

/** Without any kubeconfig, the client makes up a context for http://localhost:8080. */
function currentContextOf(config: KubeConfig): string | undefined {
  const name = config.getCurrentContext();
  return name === '' || name === 'loaded-context' ? undefined : name;
}

/** Makes the context the current one, and sees that its cluster answers. */
async function connectTo(config: KubeConfig, context: string): Promise<void> {
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context)) {
    throw new Error(`The kubeconfig has no context '${context}'; it has: ${known.join(', ') || 'none'}.`);
  }
  config.setCurrentContext(context);
  try {
    await config.makeApiClient(VersionApi).getCode();
  } catch (error) {
    throw new Error(`The cluster of context '${context}' does not answer (${reason(error)}). Start it, or pass --embedded.`, { cause: error });
  }
}

/** `fetch failed` says nothing; its cause does. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function startEmbedded(why: string): Promise<DemoCluster> {
  note(`cluster: the one-node Kubernetes of this repository (${why})`);
  const { kubeconfig, context } = await step('starting it, unless it runs (about 20 s; the first time it is built from source, about 8 min)', startCluster);
  const config = readKubeConfig(kubeconfig);
  config.setCurrentContext(context);
  return { config, context, provider: 'kubesuite', cliArgs: ['--kubeconfig', kubeconfig, '--context', context] };
}

async function confirm({ context }: Extract<ClusterChoice, { kind: 'existing' }>): Promise<boolean> {
  const question = `${context} is not a known local cluster. The demo creates the namespaces shop-demo and shop-tests there.`;
  if (!process.stdin.isTTY) {
    note(`${question} Pass --yes to go on.`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test(await terminal.question(`${question} Go on? [y/N] `));
  } finally {
    terminal.close();
  }
}
