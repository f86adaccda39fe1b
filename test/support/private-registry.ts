import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildah, nodePaths } from '../cluster/index.ts';
import { ChildProcesses } from './child-processes.ts';

/** Serves a folder of blobs as a registry that asks for a password: only what a pull needs. Prints its port. */
const program = `
const [{ createServer }, { readFile }, { createHash }] = [require('node:http'), require('node:fs/promises'), require('node:crypto')];
const [folder, repository, tag, manifest, login] = process.argv.slice(1);
const server = createServer(async ({ url, method, headers }, response) => {
  const end = (status, fields = {}, body) => response.writeHead(status, fields).end(method === 'HEAD' ? undefined : body);
  if (headers.authorization !== 'Basic ' + Buffer.from(login).toString('base64')) return end(401, { 'www-authenticate': 'Basic realm="test"' });
  if (url === '/v2/') return end(200);
  const [, kind, reference] = /^\\/v2\\/(?:.+)\\/(manifests|blobs)\\/(.+)$/.exec(url.split('?')[0]) ?? [];
  if (kind === undefined || !url.startsWith('/v2/' + repository + '/')) return end(404);
  const digest = reference === tag ? manifest : reference;
  const body = await readFile(folder + '/' + digest.replace('sha256:', '')).catch(() => undefined);
  if (body === undefined) return end(404);
  const type = kind === 'manifests' ? JSON.parse(body).mediaType ?? 'application/vnd.oci.image.manifest.v1+json' : 'application/octet-stream';
  end(200, { 'content-type': type, 'content-length': body.length, 'docker-content-digest': digest }, body);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** A registry in the network namespace of the node that has one image and wants a password. */
export interface PrivateRegistry extends AsyncDisposable {
  /** Host and port, as image references begin. */
  readonly host: string;
  readonly digest: string;
  readonly login: { readonly username: string; readonly password: string };
}

export async function startPrivateRegistry(image: string, { repository, tag }: { readonly repository: string; readonly tag: string }): Promise<PrivateRegistry> {
  const login = { username: 'tests', password: 'a: b"c' };
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-registry-'));
  await buildah(['push', '--quiet', image, `oci:${folder}:latest`]);
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as { readonly manifests: readonly { readonly digest: string }[] };
  const digest = index.manifests[0]?.digest ?? '';
  const children = new ChildProcesses();
  // A test run that is killed takes it along.
  const args = ['--pdeathsig', 'KILL', 'nsenter', `--net=${nodePaths().netnsPath}`, process.execPath, '--eval', program, join(folder, 'blobs/sha256'), repository, tag, digest, `${login.username}:${login.password}`];
  const child = children.spawn('setpriv', args, {});
  const port = child.process?.stdout ? once(child.process.stdout, 'data').then(([data]) => String(data).trim()) : '';
  const started = await Promise.race([port, child.then(() => '')]);
  if (started === '') throw new Error(`The registry did not start: ${(await child).stderr}`);
  return {
    host: `127.0.0.1:${started}`,
    digest,
    login,
    [Symbol.asyncDispose]: async () => {
      await children.killAll();
      await rm(folder, { recursive: true });
    },
  };
}
