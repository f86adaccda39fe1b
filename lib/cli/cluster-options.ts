import { Option, type Command } from 'commander';
import { peekChosenCluster, type ChosenCluster } from '../adapters/chosen-cluster.ts';
import { HelmCli } from '../adapters/helm-cli.ts';
import type { KubeConfigOptions } from '../adapters/kube-config.ts';
import { KubesuiteError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Helm } from '../ports/helm.ts';
import { clusterFlags, type ChosenBy } from './command-lines.ts';
import type { ClusterOptions, CommandContext } from './context.ts';
import { isLocalContext } from './local-context.ts';
import { toNamespace } from './name-arguments.ts';

export function addClusterOptions(command: Command): Command {
  return command
    .option('--kubeconfig <path>', 'kubeconfig file (default: $KUBECONFIG, then ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig; needed when the current one is not a local cluster')
    .addOption(new Option('-n, --namespace <name>', 'namespace of the release').argParser(toNamespace).default('default'))
    .option('--helm <path>', 'Helm binary (default: $KUBESUITE_HELM, then helm)');
}

export interface Connection extends ChosenCluster, ChosenBy {
  readonly helm: Helm;
  /** Imports the Kubernetes client the first time it is called. */
  cluster(): Promise<Cluster>;
}

/** Connects to the cluster that the user chose, and to no other. */
export async function connect(options: ClusterOptions, { env, clock }: CommandContext): Promise<Connection> {
  const choice = { kubeconfig: options.kubeconfig, context: options.context };
  const peeked = peekChosenCluster(choice);
  const { context, server, helmContext } = peeked === undefined ? await askClient(choice) : { ...peeked, helmContext: peeked.context };
  if (options.context === undefined && !isLocalContext(context)) {
    throw new KubesuiteError('CONTEXT_NOT_LOCAL', `The current context '${context}' is not a known local cluster.`, {
      hint: `choose it on purpose: --context ${context}`,
    });
  }
  let cluster: Promise<Cluster> | undefined;
  return {
    context,
    server,
    flags: clusterFlags({ context, kubeconfig: options.kubeconfig }),
    helm: new HelmCli({ binary: options.helm ?? (env['KUBESUITE_HELM'] || undefined), kubeconfig: options.kubeconfig, context: helmContext }),
    cluster: async () => (cluster ??= loadCluster({ ...choice, context }, clock)),
  };
}

async function askClient(choice: KubeConfigOptions): Promise<ChosenCluster & { readonly helmContext: string | undefined }> {
  const { isInCluster, loadKubeConfig } = await import('../adapters/kube-config.ts');
  const config = loadKubeConfig(choice);
  const context = config.getCurrentContext();
  return { context, server: config.getCurrentCluster()?.server ?? '', helmContext: isInCluster(config) ? undefined : context };
}

async function loadCluster(choice: KubeConfigOptions, clock: Clock): Promise<Cluster> {
  const [{ KubeCluster }, { loadKubeConfig }] = await Promise.all([import('../adapters/kube-cluster.ts'), import('../adapters/kube-config.ts')]);
  return new KubeCluster(loadKubeConfig(choice), clock);
}
