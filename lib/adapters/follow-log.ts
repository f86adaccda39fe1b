import { ApiException, HttpMethod, IsomorphicFetchHttpLibrary, RequestContext, type KubeConfig } from '@kubernetes/client-node';
import type { LogOptions } from '../ports/cluster.ts';

/** The log of a container from its beginning, as it comes; ends with the container, or with `signal`. */
export async function* followLog(config: KubeConfig, { namespace, pod, container }: LogOptions, signal: AbortSignal): AsyncIterable<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  const query = new URLSearchParams({ container, follow: 'true' }).toString();
  // The client's own `Log` cannot be aborted before the first line, and loses the API server's words.
  const request = new RequestContext(`${config.getCurrentCluster()?.server ?? ''}${path}?${query}`, HttpMethod.GET);
  request.setSignal(signal);
  await config.applySecurityAuthentication(request);
  const { httpStatusCode, headers, body } = await new IsomorphicFetchHttpLibrary().send(request).toPromise();
  if (httpStatusCode !== 200) throw new ApiException(httpStatusCode, `log of pod ${pod}`, await body.text(), headers);
  const decoder = new TextDecoder();
  for await (const chunk of body.stream() ?? []) yield decoder.decode(chunk, { stream: true });
}
