import type { Command } from 'commander';
import { HelmCli } from '../adapters/helm-cli.ts';
import { KubeCluster } from '../adapters/kube-cluster.ts';
import { isInCluster, loadKubeConfig } from '../adapters/kube-config.ts';
import { KubesuiteError } from '../errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Helm } from '../ports/helm.ts';
import type { ClusterOptions, CommandContext } from './context.ts';
import { isLocalContext } from './local-context.ts';

export function addClusterOptions(command: Command): Command {
  return command
    .option('--kubeconfig <path>', 'kubeconfig file (default: $KUBECONFIG, then ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig; needed when the current one is not a local cluster')
    .option('-n, --namespace <name>', 'namespace of the release', 'default')
    .option('--helm <path>', 'Helm binary (default: $KUBESUITE_HELM, then helm)');
}

export interface Connection {
  readonly cluster: Cluster;
  readonly helm: Helm;
}

/** Connects to the cluster that the user chose, and to no other. */
export function connect(options: ClusterOptions, { env, clock }: CommandContext): Connection {
  const config = loadKubeConfig({ kubeconfig: options.kubeconfig, context: options.context });
  const context = config.getCurrentContext();
  if (options.context === undefined && !isLocalContext(context)) {
    throw new KubesuiteError('CONTEXT_NOT_LOCAL', `The current context '${context}' is not a known local cluster.`, {
      hint: `choose it on purpose: --context ${context}`,
    });
  }
  return {
    cluster: new KubeCluster(config, clock),
    helm: new HelmCli({ binary: options.helm ?? env['KUBESUITE_HELM'], kubeconfig: options.kubeconfig, context: isInCluster(config) ? undefined : context }),
  };
}
