import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { NodePaths } from './paths.ts';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object };
  readonly [field: string]: unknown;
}

/** The API server as the host sees it. A kubectl for each question would cost half a second of CPU. */
export class NodeApi {
  readonly #paths: NodePaths;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(paths: NodePaths) {
    this.#paths = paths;
  }

  async get(path: string): Promise<string> {
    return this.#call('GET', path);
  }

  async isReady(): Promise<boolean> {
    return this.get('/readyz').then(
      () => true,
      () => false,
    );
  }

  /** Undefined: not there (yet). */
  async status<T>(path: string): Promise<T | undefined> {
    try {
      return (JSON.parse(await this.get(path)) as { status: T }).status;
    } catch {
      return undefined;
    }
  }

  async apply(object: KubeObject): Promise<void> {
    await this.#call('PATCH', `${objectPath(object)}?fieldManager=kubesuite-node&force=true`, JSON.stringify(object));
  }

  async #call(method: string, path: string, body?: string): Promise<string> {
    const { port, pki } = this.#paths;
    const file = (name: string): Buffer => readFileSync(join(pki, name));
    const sent = request({
      host: '127.0.0.1', port: readFileSync(port, 'utf8'), path, method, agent: this.#agent, signal: AbortSignal.timeout(10_000),
      ca: file('ca.crt'), cert: file('admin.crt'), key: file('admin.key'),
      headers: body === undefined ? {} : { 'Content-Type': 'application/apply-patch+yaml', 'Content-Length': Buffer.byteLength(body) },
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve).on('error', reject).end(body);
    });
    const answer = await text(response);
    const { statusCode = 0 } = response;
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${answer.slice(0, 500)}`);
    return answer;
  }
}

function objectPath({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${group}${scope}/${kind.toLowerCase()}s/${name}`;
}
