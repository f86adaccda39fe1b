import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, expect, test } from 'vitest';
import { KubeCluster } from '../../../lib/adapters/kube-cluster.ts';
import type { Change, Contact, Listed } from '../../../lib/ports/cluster.ts';
import { FakeClock } from '../../support/fake-clock.ts';

type Answer = (response: ServerResponse, url: URL) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** Follows pods at a server that gives these answers, one after the other, until `enough`. */
async function follow(answers: readonly Answer[], enough: (told: readonly string[]) => boolean): Promise<{ readonly told: readonly string[]; readonly asked: readonly string[]; readonly waited: number }> {
  const clock = new FakeClock();
  const startedAt = clock.now().getTime();
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url.searchParams.has('watch') ? `watch ${url.searchParams.get('resourceVersion')}` : 'list');
    answers[asked.length - 1]?.(response, url);
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'c', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true }, { name: 'u' });
  const stop = new AbortController();
  const told: string[] = [];
  const following = (async () => {
    for await (const change of new KubeCluster(config, clock).follow({ namespace: 'ns', kinds: ['pods'], signal: stop.signal })) {
      told.push(describe(change));
      if (enough(told)) stop.abort();
    }
  })();
  while (!stop.signal.aborted) {
    await clock.advance(100);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await following;
  return { told, asked, waited: clock.now().getTime() - startedAt };
}

function describe(change: Change | Listed | Contact): string {
  if (change.type === 'listed') return 'listed';
  if (change.type === 'contact') return change.lost === undefined ? 'answers again' : `lost: ${change.lost.replace(/127\.0\.0\.1:\d+/, 'host')}`;
  return `${change.object.metadata?.name} ${change.type}`;
}

const pod = (name: string, version: number): object => ({ metadata: { name, uid: name, resourceVersion: String(version) } });
const list = (version: number, ...names: string[]): Answer => (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ metadata: { resourceVersion: String(version) }, items: names.map((name) => pod(name, version)) }));
};
const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const watch = (...lines: string[]): Answer => (response) => void response.writeHead(200).end(lines.join(''));
const cut = (...lines: string[]): Answer => (response) => {
  response.writeHead(200, { 'content-length': '10000' }).write(lines.join(''));
  setTimeout(() => response.destroy(), 5);
};
const refuse = (code: number, headers: Record<string, string> = {}): Answer => (response) => {
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ kind: 'Status', message: `no: ${code}`, code }));
};

test('a watch that the server ends goes on from the version it had reached, also that of a bookmark', async () => {
  const { told, asked } = await follow(
    [list(1, 'a'), watch(line('ADDED', pod('b', 5)), line('BOOKMARK', { metadata: { resourceVersion: '9' } })), watch(line('DELETED', pod('a', 12)))],
    (said) => said.includes('a deleted'),
  );
  expect(told).toEqual(['a present', 'listed', 'b present', 'a deleted']);
  expect(asked).toEqual(['list', 'watch 1', 'watch 9']);
});

test('a connection that is cut in the middle of a line loses nothing, and is no loss of contact', async () => {
  const whole = line('ADDED', pod('c', 7));
  const { told, asked } = await follow([list(1), cut(line('ADDED', pod('b', 5)), whole.slice(0, 20)), watch(whole)], (said) => said.includes('c present'));
  expect(told).toEqual(['listed', 'b present', 'c present']);
  expect(asked).toEqual(['list', 'watch 1', 'watch 5']);
});

test.each([
  ['as an answer', refuse(410)],
  ['as a line', watch(line('ERROR', { code: 410, message: 'too old' }))],
])('410 Gone %s lists again, and tells what vanished meanwhile', async (_title, gone) => {
  const { told, asked } = await follow([list(1, 'a', 'b'), gone, list(8, 'b')], (said) => said.includes('a deleted'));
  expect(told).toEqual(expect.arrayContaining(['a deleted']));
  expect(asked.slice(0, 3)).toEqual(['list', 'watch 1', 'list']);
});

test('a server that asks for patience gets it', async () => {
  const { told, waited } = await follow([refuse(429, { 'retry-after': '7' }), list(1, 'a')], (said) => said.includes('a present'));
  expect(told.slice(0, 2)).toEqual(['lost: The cluster at http://host answered the request to list and watch pods with 429: no: 429', 'a present']);
  expect(waited).toBeGreaterThanOrEqual(7000);
});

test('a server that fails again and again is asked ever more rarely', async () => {
  const { asked, waited } = await follow([list(1), ...Array.from({ length: 5 }, () => refuse(500)), watch(line('ADDED', pod('b', 2)))], (said) => said.includes('b present'));
  expect(asked).toHaveLength(7);
  expect(waited).toBeGreaterThanOrEqual(250 + 500 + 1000 + 2000 + 4000);
});

test('a server that ends every watch at once is not asked as fast as it answers', async () => {
  const { waited } = await follow([list(1), watch(), watch(), watch(), watch(line('ADDED', pod('b', 2)))], (said) => said.includes('b present'));
  expect(waited).toBeGreaterThanOrEqual(3000);
});

test('a server that has just come up may refuse for a moment', async () => {
  const { told } = await follow([list(1), refuse(403), refuse(401), watch(line('ADDED', pod('b', 2)))], (said) => said.includes('b present'));
  expect(told.at(-1)).toBe('b present');
  expect(told).toContain('answers again');
});

test('a silent server is a loss of contact, and so is a list without an answer', async () => {
  const { told } = await follow([list(1), () => {}, list(2)], (said) => said.some((text) => text.startsWith('lost')));
  expect(told.at(-1)).toContain('no answer within 15 s');
});
