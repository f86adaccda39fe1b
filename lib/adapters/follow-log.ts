import type { KubeConfig } from '@kubernetes/client-node';
import type { LogOptions } from '../ports/cluster.ts';
import { openStream } from './open-stream.ts';

/** The log of a container from its beginning, as it comes; ends with the container, or with `signal`. */
export async function* followLog(config: KubeConfig, { namespace, pod, container, timestamps }: LogOptions, signal: AbortSignal): AsyncIterable<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  yield* await openStream(config, path, { container, follow: 'true', ...(timestamps === true && { timestamps: 'true' }) }, signal);
}
