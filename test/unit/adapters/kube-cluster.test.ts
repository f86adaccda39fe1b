import { getEventListeners } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, describe, expect, test } from 'vitest';
import { KubeCluster } from '../../../lib/adapters/kube-cluster.ts';
import { systemClock } from '../../../lib/adapters/system-clock.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

function clusterAt(server: string, clock = systemClock): KubeCluster {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'c', server, skipTLSVerify: server.startsWith('http:') }, { name: 'u' });
  return new KubeCluster(config, clock);
}

function status(code: number, message: string): RequestListener {
  return (_request, response) => {
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message }));
  };
}

describe('what the API server refuses', () => {
  const forbidden = 'pods "p" is forbidden: User "u" cannot get resource "pods/log" in API group "" in the namespace "ns"';

  test('a missing right is named in its own words', async () => {
    const port = await serve(status(403, forbidden));
    const error = await clusterAt(`http://127.0.0.1:${port}`).readLog({ namespace: 'ns', pod: 'p', container: 'suite' }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'KubesuiteError',
      code: 'CLUSTER_DENIED',
      message: `The cluster at http://127.0.0.1:${port} answered the request to get pods/log of 'p' in namespace 'ns' with 403: ${forbidden}`,
      hint: expect.stringContaining("right to get pods/log of 'p'"),
    });
  });

  test('credentials that are not accepted are an error with a hint', async () => {
    const port = await serve(status(401, 'Unauthorized'));
    await expect(clusterAt(`http://127.0.0.1:${port}`).listJobs('ns', 'a=b')).rejects.toMatchObject({ code: 'CLUSTER_DENIED', hint: expect.stringContaining('log in again') });
  });

  test('a watch that is denied ends with an error', async () => {
    const port = await serve(status(403, 'pods is forbidden'));
    const follow = async (): Promise<void> => {
      const changes = clusterAt(`http://127.0.0.1:${port}`).follow({ namespace: 'ns', kinds: ['pods'], signal: AbortSignal.timeout(5000) });
      for await (const change of changes) expect(change).toBeUndefined();
    };
    await expect(follow()).rejects.toMatchObject({ code: 'CLUSTER_DENIED', message: expect.stringContaining('list and watch pods in namespace') });
  });

  test.each([403, 404])("a %i for Kueue's Workloads is no error, as nothing depends on them", async (code) => {
    const port = await serve((request, response) => {
      if (request.url?.includes('/apis/kueue.x-k8s.io/')) {
        status(code, 'no')(request, response);
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [{ metadata: { name: 'p', uid: 'p' } }] }));
    });
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const change of clusterAt(`http://127.0.0.1:${port}`).follow({ namespace: 'ns', kinds: ['workloads', 'pods'], signal: stop.signal })) {
      if (!('kind' in change)) continue;
      seen.push(change.kind);
      stop.abort();
    }
    expect(seen).toEqual(['pods']);
  });

  test('the end of the lists is told after all of them', async () => {
    const port = await serve((request, response) => {
      if (request.url?.includes('watch=true')) return;
      const answer = (): void => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [{ metadata: { name: 'x', uid: request.url } }] }));
      };
      setTimeout(answer, request.url?.includes('/events') ? 50 : 0);
    });
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const change of clusterAt(`http://127.0.0.1:${port}`).follow({ namespace: 'ns', kinds: ['pods', 'jobs', 'events'], signal: stop.signal })) {
      seen.push('kind' in change ? change.kind : change.type);
      if (change.type === 'listed') stop.abort();
    }
    expect(seen).toEqual(['pods', 'jobs', 'events', 'listed']);
  });

  test('whoever stops to follow leaves nothing at a signal that lives on', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [{ metadata: { name: 'p', uid: 'p' } }] }));
    });
    const { signal } = new AbortController();
    for await (const told of clusterAt(`http://127.0.0.1:${port}`).follow({ namespace: 'ns', kinds: ['pods'], signal })) {
      expect(told).toMatchObject({ kind: 'pods' });
      break;
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('any other answer is told as it is', async () => {
    const port = await serve((_request, response) => response.writeHead(503).end('upstream is away'));
    await expect(clusterAt(`http://127.0.0.1:${port}`).listJobs('ns', 'a=b')).rejects.toMatchObject({ code: 'CLUSTER_FAILED', message: expect.stringMatching(/with 503: "?upstream is away/) });
  });

  test('no such object is no error', async () => {
    const port = await serve(status(404, 'not found'));
    expect(await clusterAt(`http://127.0.0.1:${port}`).readConfigMap('ns', 'c')).toBeUndefined();
  });
});

describe('a cluster that does not answer', () => {
  test('because nothing listens', async () => {
    const port = await serve(status(200, ''));
    servers.splice(0).forEach((server) => server.close());
    await expect(clusterAt(`http://127.0.0.1:${port}`).listJobs('ns', 'a=b')).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: `The cluster at http://127.0.0.1:${port} did not answer the request to list Jobs in namespace 'ns': connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });

  test('because it does not speak TLS', async () => {
    const port = await serve(status(200, ''));
    await expect(clusterAt(`https://127.0.0.1:${port}`).listJobs('ns', 'a=b')).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringMatching(/SSL|TLS/) });
  });

  test('because its name is not known', async () => {
    await expect(clusterAt('https://no-such-host.invalid').listAll('ns', 'a=b')).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('no-such-host.invalid') });
  });

  test('for a moment, after it has answered a request that is not sent twice', async () => {
    let lists = 0;
    const port = await serve((request, response) => {
      const isAway = request.url?.includes('/jobs') === true && (lists += 1) === 1;
      status(isAway ? 503 : 200, 'upstream is away')(request, response);
    });
    const cluster = clusterAt(`http://127.0.0.1:${port}`);
    await cluster.readNamespace('ns');
    await cluster.listJobs('ns', 'a=b');
    expect(lists).toBe(2);
  });

  test('within a minute', async () => {
    const port = await serve(() => {});
    const clock = new FakeClock();
    const listed = clusterAt(`http://127.0.0.1:${port}`, clock).listJobs('ns', 'a=b').catch((error: unknown) => error);
    await clock.advance(61_000, 1000);
    expect(await listed).toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('no answer within 60 s') });
  });
});

test('a kind that may not be listed is named, and the others are found', async () => {
  const port = await serve((request, response) => {
    if (/rolebindings|networkpolicies/.test(request.url ?? '')) {
      status(403, 'forbidden')(request, response as never);
      return;
    }
    const items = (request.url ?? '').includes('/configmaps') ? [{ metadata: { name: 'left' } }] : [];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items }));
  });
  expect(await clusterAt(`http://127.0.0.1:${port}`).listAll('ns', 'a=b')).toEqual({ names: ['configmap/left'], deniedKinds: ['rolebinding', 'networkpolicy'] });
});

test('a Job is started by taking its suspend and giving it up, which leaves it to no manager', async () => {
  const asked: unknown[] = [];
  const port = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push([request.method, request.url, request.headers['content-type'], JSON.parse(body)]);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ metadata: { name: 'j' } }));
    });
  });
  await clusterAt(`http://127.0.0.1:${port}`).releaseJob('ns', { name: 'j', uid: 'u' });
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', uid: 'u' } };
  const patch = ['PATCH', '/apis/batch/v1/namespaces/ns/jobs/j?fieldManager=kubesuite&force=true', 'application/apply-patch+yaml'];
  expect(asked).toEqual([
    [...patch, { ...job, spec: { suspend: false } }],
    [...patch, job],
  ]);
});

test('a Job that is gone, or has become another one, is not started', async () => {
  for (const code of [404, 409, 422]) {
    const port = await serve(status(code, 'no'));
    await clusterAt(`http://127.0.0.1:${port}`).releaseJob('ns', { name: 'j', uid: 'u' });
  }
  const port = await serve(status(403, 'cannot patch resource "jobs"'));
  await expect(clusterAt(`http://127.0.0.1:${port}`).releaseJob('ns', { name: 'j', uid: 'u' })).rejects.toMatchObject({ code: 'CLUSTER_DENIED', hint: "ask for the right to patch Job 'j' in namespace 'ns', or choose another --context" });
});

test('pods are ended with the given grace period, and one that is gone meanwhile is no error', async () => {
  const deleted: string[] = [];
  const port = await serve((request, response) => {
    if (request.method === 'DELETE') {
      deleted.push(request.url ?? '');
      status(deleted.length === 1 ? 200 : 404, '')(request, response as never);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }] }));
  });
  await clusterAt(`http://127.0.0.1:${port}`).endPods('ns', 'x=y', 2);
  expect(deleted.toSorted()).toEqual(['/api/v1/namespaces/ns/pods/a?gracePeriodSeconds=2', '/api/v1/namespaces/ns/pods/b?gracePeriodSeconds=2']);
});

test('Jobs are deleted a few at a time, and one that is gone or has become another one is no error', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `j${index}`);
  const deleted: string[] = [];
  let [open, most] = [0, 0];
  const port = await serve((request, response) => {
    if (request.method !== 'DELETE') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: names.map((name) => ({ metadata: { name, uid: `uid-${name}` } })) }));
      return;
    }
    most = Math.max(most, (open += 1));
    setTimeout(() => {
      open -= 1;
      deleted.push(/jobs\/(j\d+)/.exec(request.url ?? '')?.[1] ?? '');
      status([200, 404, 409][deleted.length % 3] ?? 200, '')(request, response as never);
    }, 5);
  });
  await clusterAt(`http://127.0.0.1:${port}`).deleteJobs('ns', 'x=y');
  expect(deleted.toSorted()).toEqual(names.toSorted());
  expect(most).toBeLessThanOrEqual(8);
});

test('only the deletion that the API server had no time for is asked again', async () => {
  const deleted: string[] = [];
  const port = await serve((request, response) => {
    if (request.method !== 'DELETE') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: ['a', 'b', 'c'].map((name) => ({ metadata: { name, uid: name } })) }));
      return;
    }
    const name = /jobs\/(\w+)/.exec(request.url ?? '')?.[1] ?? '';
    const isRefused = name === 'b' && !deleted.includes('b');
    deleted.push(name);
    status(isRefused ? 429 : 200, 'too many requests')(request, response as never);
  });
  await clusterAt(`http://127.0.0.1:${port}`).deleteJobs('ns', 'x=y');
  expect(deleted.toSorted()).toEqual(['a', 'b', 'b', 'c']);
});

test('who may not list pods is told so, and not that pods may not be deleted', async () => {
  const port = await serve(status(403, 'cannot list resource "pods"'));
  await expect(clusterAt(`http://127.0.0.1:${port}`).endPods('ns', 'x=y', 2)).rejects.toMatchObject({ code: 'CLUSTER_DENIED', hint: expect.stringContaining('right to list pods in namespace') });
});

test('an API server that does not say whether quotas may be listed holds nothing up for long', async () => {
  const asked: string[] = [];
  const port = await serve((request, response) => {
    if (request.url?.includes('/resourcequotas')) {
      asked.push(request.url);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [] }));
  });
  const [clock, stop] = [new FakeClock(), new AbortController()];
  const seen: string[] = [];
  const follow = async (): Promise<void> => {
    for await (const told of clusterAt(`http://127.0.0.1:${port}`, clock).follow({ namespace: 'ns', kinds: ['resourcequotas'], signal: stop.signal })) seen.push('type' in told ? told.type : '');
  };
  const followed = follow();
  await clock.advance(11_000, 1000);
  await clock.advance(35_000, 1000);
  expect(seen).toContain('contact');
  // The first only asks whether it may.
  expect(asked.slice(0, 2)).toEqual([expect.stringContaining('limit=1'), expect.not.stringContaining('limit=')]);
  stop.abort();
  await followed;
});

describe('the log of a container as it comes', () => {
  const options = { namespace: 'ns', pod: 'p', container: 'collector' };

  test('in pieces, to its end', async () => {
    const asked: string[] = [];
    const port = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200).write('first ');
      setTimeout(() => response.end('second'), 20);
    });
    let log = '';
    for await (const text of clusterAt(`http://127.0.0.1:${port}`).followLog(options, new AbortController().signal)) log += text;
    expect(log).toBe('first second');
    expect(asked).toEqual(['/api/v1/namespaces/ns/pods/p/log?container=collector&follow=true']);
  });

  test.each([{ begun: false }, { begun: true }])('ends when nobody wants it any more (first line there: $begun)', async ({ begun }) => {
    const closed = Promise.withResolvers<void>();
    const stop = new AbortController();
    const port = await serve((request, response) => {
      request.on('close', closed.resolve);
      if (begun) response.writeHead(200).write('first');
      setTimeout(() => stop.abort(), 20);
    });
    const pieces: string[] = [];
    for await (const text of clusterAt(`http://127.0.0.1:${port}`).followLog(options, stop.signal)) pieces.push(text);
    expect(pieces).toEqual(begun ? ['first'] : []);
    await closed.promise;
  });

  test('a connection that is cut is an error, and no end', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('first');
      setTimeout(() => response.destroy(), 20);
    });
    const read = async (): Promise<void> => {
      for await (const text of clusterAt(`http://127.0.0.1:${port}`).followLog(options, new AbortController().signal)) expect(text).toBe('first');
    };
    await expect(read()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  test('a missing right is named in its own words', async () => {
    const port = await serve(status(403, 'pods "p" is forbidden'));
    const read = async (): Promise<void> => {
      for await (const text of clusterAt(`http://127.0.0.1:${port}`).followLog(options, new AbortController().signal)) expect(text).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject({ code: 'CLUSTER_DENIED', message: expect.stringContaining('pods "p" is forbidden') });
  });
});
