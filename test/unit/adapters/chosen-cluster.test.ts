import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { peekChosenCluster } from '../../../lib/adapters/chosen-cluster.ts';
import { loadKubeConfig } from '../../../lib/adapters/kube-config.ts';

const kubeconfig = stringify({
  'current-context': 'kind-a',
  contexts: [
    { name: 'kind-a', context: { cluster: 'a', user: 'me' } },
    { name: 'far', context: { cluster: 'b', user: 'me' } },
    { name: 'broken', context: { cluster: 'nowhere', user: 'me' } },
  ],
  clusters: [
    { name: 'a', cluster: { server: 'https://127.0.0.1:1' } },
    { name: 'b', cluster: { server: 'https://far.example:6443' } },
  ],
  users: [{ name: 'me', user: { token: 'secret' } }],
});

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubesuite-chosen-'));
  path = join(folder, 'config');
  await writeFile(path, kubeconfig);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => rm(folder, { recursive: true }));

describe('the choice is the one of the client', () => {
  it.each([undefined, 'kind-a', 'far'])('context %s', (context) => {
    const config = loadKubeConfig({ kubeconfig: path, context });
    expect(peekChosenCluster({ kubeconfig: path, context })).toEqual({ context: config.getCurrentContext(), server: config.getCurrentCluster()?.server });
  });

  it('$KUBECONFIG', () => {
    vi.stubEnv('KUBECONFIG', path);
    expect(peekChosenCluster({ kubeconfig: undefined, context: undefined })).toEqual({ context: 'kind-a', server: 'https://127.0.0.1:1' });
  });
});

it.each(['unknown', 'broken'])('in doubt it says nothing: context %s', (context) => {
  expect(peekChosenCluster({ kubeconfig: path, context })).toBeUndefined();
});

it('in doubt it says nothing: several files, no file, no YAML', async () => {
  vi.stubEnv('KUBECONFIG', [path, path].join(delimiter));
  expect(peekChosenCluster({ kubeconfig: undefined, context: undefined })).toBeUndefined();
  expect(peekChosenCluster({ kubeconfig: join(folder, 'none'), context: undefined })).toBeUndefined();
  const broken = join(folder, 'broken');
  await writeFile(broken, 'a: [');
  expect(peekChosenCluster({ kubeconfig: broken, context: undefined })).toBeUndefined();
});
