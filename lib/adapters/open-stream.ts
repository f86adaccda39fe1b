import { ApiException, HttpMethod, IsomorphicFetchHttpLibrary, type KubeConfig, RequestContext } from '@kubernetes/client-node';

/**
 * Sends a GET whose answer comes in pieces; resolves once the API server has begun to answer. The client's own `Log`
 * and `Watch` cannot be aborted before the first line, and lose the API server's words and its Retry-After.
 */
export async function openStream(config: KubeConfig, path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<AsyncIterable<string>> {
  const request = new RequestContext(`${config.getCurrentCluster()?.server ?? ''}${path}?${new URLSearchParams(query).toString()}`, HttpMethod.GET);
  request.setSignal(signal);
  await config.applySecurityAuthentication(request);
  const { httpStatusCode, headers, body } = await new IsomorphicFetchHttpLibrary().send(request).toPromise();
  if (httpStatusCode !== 200) throw new ApiException(httpStatusCode, `GET ${path}`, await body.text(), headers);
  return decoded(body.stream() ?? []);
}

async function* decoded(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
}
