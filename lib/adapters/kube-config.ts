import { KubeConfig, type RequestContext } from '@kubernetes/client-node';
import { KubesuiteError } from '../errors.ts';

export interface KubeConfigOptions {
  /** Path of a kubeconfig; default: `$KUBECONFIG`, `~/.kube/config`, in-cluster. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/** Loads a kubeconfig and selects the context; refuses a context that is not there. */
export function loadKubeConfig({ kubeconfig, context }: KubeConfigOptions): KubeConfig {
  const config = new PooledKubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    throw new KubesuiteError('KUBECONFIG', `The kubeconfig ${kubeconfig ?? process.env['KUBECONFIG'] ?? ''} cannot be read: ${(error as Error).message}`, {
      cause: error,
      hint: 'pass --kubeconfig with the path of a valid file',
    });
  }
  if (kubeconfig === undefined && isMadeUp(config)) {
    throw new KubesuiteError('KUBECONFIG', 'There is no kubeconfig: neither $KUBECONFIG nor ~/.kube/config, and this is no pod with a service account.', {
      hint: 'start a cluster, or pass --kubeconfig with the path of its file',
    });
  }
  if (context !== undefined) {
    const names = config.getContexts().map(({ name }) => name);
    if (!names.includes(context)) {
      throw new KubesuiteError('CONTEXT_UNKNOWN', `The kubeconfig has no context '${context}'.`, {
        hint: `it has: ${names.join(', ') || 'none'}`,
      });
    }
    config.setCurrentContext(context);
  }
  if (config.getCurrentCluster() === null) {
    throw new KubesuiteError('CONTEXT_MISSING', 'The kubeconfig selects no cluster.', {
      hint: 'pass --context, or run `kubectl config use-context`',
    });
  }
  return config;
}

/** Whether the config is of the service account that Kubernetes mounts into a pod, and of no file. */
export function isInCluster(config: KubeConfig): boolean {
  return config.getCurrentCluster()?.name === 'inCluster' && config.getCurrentUser()?.authProvider?.name === 'tokenFile';
}

/** What the client makes up when it finds neither a kubeconfig nor a service account. */
function isMadeUp(config: KubeConfig): boolean {
  return config.getCurrentContext() === 'loaded-context';
}

/** Short enough for client certificates that a credential plugin renews. */
const poolLifetimeMs = 60_000;

type Dispatcher = ReturnType<RequestContext['getDispatcher']>;

/** The client makes a connection pool, and so a TLS handshake, for each request; this one keeps its pool. */
class PooledKubeConfig extends KubeConfig {
  #pool: { readonly dispatcher: Dispatcher; readonly since: number } | undefined;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    const now = performance.now();
    if (this.#pool === undefined || now - this.#pool.since > poolLifetimeMs) this.#pool = { dispatcher: context.getDispatcher(), since: now };
    if (this.#pool.dispatcher !== undefined) context.setDispatcher(this.#pool.dispatcher);
  }
}
