import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';

export interface ProxiedRequest {
  readonly method: string;
  readonly url: URL;
  readonly isWatch: boolean;
  /** Container whose log is read. */
  readonly logOf: string | undefined;
  readonly isHelm: boolean;
}

/** What the proxy does to a request instead of passing it on. */
export type Disturbance =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection ends, at once or when the answer has gone on for a while. */
  | { readonly kind: 'cut'; readonly afterMs: number }
  | { readonly kind: 'rewrite'; readonly body: (text: string) => string };

interface KubeConfigFile {
  readonly clusters: readonly { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } }[];
}

/** Stands between a client and the API server, and disturbs what it is told to. */
export class FaultProxy {
  /** Undefined: the request is passed on. */
  disturb: (request: ProxiedRequest) => Disturbance | undefined = () => undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #upstream: URL;
  readonly #agent: Agent;

  private constructor(kubeconfig: string) {
    const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as KubeConfigFile;
    const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
    const decode = (data: string | undefined): Buffer => Buffer.from(data ?? '', 'base64');
    this.#upstream = new URL(cluster?.server ?? '');
    this.#agent = new Agent({ keepAlive: true, ca: decode(cluster?.['certificate-authority-data']), cert: decode(user?.['client-certificate-data']), key: decode(user?.['client-key-data']) });
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing).catch(() => outgoing.destroy()));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(kubeconfig: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(kubeconfig);
    await new Promise<void>((listening) => proxy.#server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  /** A kubeconfig that points here; without credentials, which the proxy has. */
  get kubeconfig(): string {
    const server = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return JSON.stringify({
      apiVersion: 'v1', kind: 'Config', 'current-context': 'kubesuite',
      clusters: [{ name: 'kubesuite', cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'nobody', user: {} }],
      contexts: [{ name: 'kubesuite', context: { cluster: 'kubesuite', user: 'nobody' } }],
    });
  }

  /** Ends every connection that there is. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cutAll();
    this.#agent.destroy();
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '', this.#upstream);
    const { method = 'GET' } = incoming;
    const logOf = url.pathname.endsWith('/log') ? (url.searchParams.get('container') ?? '') : undefined;
    const disturbance = this.disturb({ method, url, isWatch: url.searchParams.get('watch') === 'true', logOf, isHelm: /^helm/i.test(incoming.headers['user-agent'] ?? '') });
    if (disturbance?.kind === 'answer') {
      const headers: OutgoingHttpHeaders = { 'content-type': 'application/json', ...(disturbance.retryAfter !== undefined && { 'retry-after': String(disturbance.retryAfter) }) };
      const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: disturbance.status, message: 'disturbed on purpose' };
      outgoing.writeHead(disturbance.status, headers).end(JSON.stringify(status));
      return;
    }
    if (disturbance?.kind === 'cut') {
      if (disturbance.afterMs === 0) return void outgoing.destroy();
      void setTimeout(disturbance.afterMs).then(() => outgoing.destroy());
    }
    if (disturbance?.kind === 'delay') await setTimeout(disturbance.ms);
    const answer = await this.#forward(incoming, outgoing, method, url);
    const { statusCode = 502, headers } = answer;
    if (disturbance?.kind === 'rewrite') {
      outgoing.writeHead(statusCode, { 'content-type': headers['content-type'] }).end(disturbance.body(await text(answer)));
      return;
    }
    outgoing.writeHead(statusCode, headers);
    outgoing.flushHeaders();
    answer.on('error', () => outgoing.destroy()).on('aborted', () => outgoing.destroy());
    answer.pipe(outgoing);
  }

  async #forward(incoming: IncomingMessage, outgoing: ServerResponse, method: string, url: URL): Promise<IncomingMessage> {
    const forwarded = request(new URL(url.pathname + url.search, this.#upstream), { method, agent: this.#agent, headers: { ...incoming.headers, host: this.#upstream.host } });
    outgoing.on('close', () => forwarded.destroy());
    return new Promise((resolve, reject) => {
      forwarded.on('response', resolve).on('error', reject);
      incoming.pipe(forwarded);
    });
  }
}
