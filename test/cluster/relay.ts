import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { addresses, type NodePaths } from './paths.ts';
import { startProcess } from './processes.ts';

/** Ports are tried from one that the node's name gives, so that a node mostly keeps its own. */
const firstPort = 20_000;
const portCount = 10_000;
const maxTries = 50;

/** Lets the host reach the API server, whose namespace has no way out and none in. */
export async function startRelay(paths: NodePaths): Promise<void> {
  const port = await choosePort(paths);
  writeFileSync(paths.port, String(port));
  startProcess(paths, 'relay', [
    join(paths.bin, 'relay'), '-listen', `127.0.0.1:${port}`, '-netns', paths.netnsPath, '-to', `${addresses.node}:6443`,
  ]);
}

async function choosePort({ netns }: NodePaths): Promise<number> {
  const preferred = Number.parseInt(netns.slice(-8), 16);
  for (let offset = 0; offset < maxTries; offset += 1) {
    const port = firstPort + ((preferred + offset) % portCount);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${maxTries} ports tried for the relay is free.`);
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
