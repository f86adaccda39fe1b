import { ApiException } from '@kubernetes/client-node';
import { KubesuiteError } from '../errors.ts';

/** What was asked, for whoever reads the error: `list pods in namespace 'shop'`. */
export interface ClusterRequest {
  readonly action: string;
  readonly server: string;
}

/** What the API server or the way to it said, as an error that a user can act on. */
export function toClusterError(error: unknown, { action, server }: ClusterRequest): KubesuiteError {
  if (error instanceof KubesuiteError) return error;
  const status = statusOf(error);
  if (status === undefined) {
    return new KubesuiteError('CLUSTER_UNREACHABLE', `The cluster at ${server} did not answer the request to ${action}: ${reasonsOf(error)}`, {
      cause: error,
      hint: 'check that the cluster runs, the network and the address and certificates of the kubeconfig: kubectl cluster-info',
    });
  }
  const said = `The cluster at ${server} answered the request to ${action} with ${status}: ${sentenceOf(error)}`;
  if (status === 401) {
    return new KubesuiteError('CLUSTER_DENIED', said, { cause: error, hint: 'log in again, or choose another --context or --kubeconfig: the credentials were not accepted' });
  }
  if (status === 403) {
    return new KubesuiteError('CLUSTER_DENIED', said, { cause: error, hint: `ask for the right to ${action}, or choose another --context` });
  }
  return new KubesuiteError('CLUSTER_FAILED', said, { cause: error, hint: 'look at the health of the API server: kubectl get --raw /readyz' });
}

export function isDenied(error: unknown): boolean {
  const status = statusOf(error);
  return status === 401 || status === 403;
}

/** HTTP status; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  // A DOMException has a code too, below those of HTTP.
  return [statusCode, code].find((status): status is number => typeof status === 'number' && status >= 100);
}

/** The API server's own sentence: a `Status` object, whose text holds the missing right. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiException)) return error instanceof Error ? error.message : String(error);
  const body: unknown = typeof error.body === 'string' ? parseJson(error.body) : error.body;
  if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') return body.message;
  return String(error.body ?? '').trim() || 'no explanation';
}

/** `fetch failed` alone helps nobody: the cause says why. */
function reasonsOf(error: unknown): string {
  const reasons: string[] = [];
  for (let reason = error; reason instanceof Error; reason = reason.cause) {
    // One for each address that was tried.
    const tried = reason instanceof AggregateError && reason.message === '' ? reason.errors.map(String).join('; ') : reason.message;
    if (tried !== '' && tried !== 'fetch failed') reasons.push(tried);
  }
  return reasons.join(': ') || String(error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
