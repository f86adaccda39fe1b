import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashContext } from '../../../lib/config/image-hash.ts';
import { resolveConfig } from '../../../lib/config/resolve.ts';
import type { ResolvedSuite } from '../../../lib/config/resolved.ts';
import { validateConfig } from '../../../lib/config/validate.ts';

function resolveSuite(suite: object, type: object = {}): ResolvedSuite {
  const config = validateConfig({
    name: 'shop',
    images: { tests: { repository: 'ghcr.io/acme/tests', tag: '1' } },
    types: { smoke: type },
    suites: { ping: { type: 'smoke', image: 'tests', ...suite } },
  });
  const [resolved] = resolveConfig(config, { builds: {} }).suites;
  if (resolved === undefined) throw new Error('no suite');
  return resolved;
}

test('a suite inherits from its type, which inherits the defaults', () => {
  expect(resolveSuite({ env: { A: '2', B: '2' }, tags: ['x'], timeout: '1m' }, { env: { A: '1', C: '1' }, tags: ['y'], retries: 2, timeout: '5m' })).toMatchObject({
    timeoutSeconds: 60,
    startTimeoutSeconds: 120,
    retries: 2,
    tags: ['y', 'x'],
    env: [{ name: 'A', value: '2' }, { name: 'C', value: '1' }, { name: 'B', value: '2' }],
    results: { from: 'files', path: '/results', format: 'junit', files: '**/*.xml', maxBytes: 5 * 1024 * 1024 },
    runAsUser: 1000,
    podSecurity: 'restricted',
  });
});

test.each([
  ['the defaults', {}, {}, { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '256Mi' } }],
  ['the short form: memory is request and limit', { cpu: '1', memory: '1Gi' }, {}, { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } }],
  ['a limit alone replaces the inherited request', { limits: { memory: '64Mi' } }, {}, { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } }],
  ['a request alone removes the inherited limit', { requests: { memory: '1Gi' } }, { memory: '2Gi' }, { requests: { cpu: '50m', memory: '1Gi' }, limits: {} }],
])('resources: %s', (_title, resources, typeResources, expected) => {
  expect(resolveSuite({ resources }, { resources: typeResources }).resources).toEqual(expected);
});

test.each([
  ['stdout:tap', { from: 'stdout', format: 'tap' }],
  ['exit-code', { from: 'exit-code' }],
  [{ format: 'tap' }, { from: 'files', path: '/results', format: 'tap', files: '**/*.tap', maxBytes: 5 * 1024 * 1024 }],
])('results: %j', (results, expected) => {
  expect(resolveSuite({ results }).results).toEqual(expected);
});

test.each([
  ['busybox', 'docker.io', 'library/busybox'],
  ['acme/tests', 'docker.io', 'acme/tests'],
  ['ghcr.io/acme/tests', 'ghcr.io', 'acme/tests'],
  ['localhost/tests', 'localhost', 'tests'],
  ['registry:5000/tests', 'registry:5000', 'tests'],
])('image %s', (repository, registry, path) => {
  const config = validateConfig({ name: 'shop', images: { tests: { repository, tag: '1' } }, types: { smoke: {} }, suites: { a: { type: 'smoke', image: 'tests' } } });
  expect(resolveConfig(config, { builds: {} }).images['tests']).toMatchObject({ registry, repository: path });
});

describe('the hash of a build context', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubesuite-context-'));
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'a'), 'content');
    await writeFile(join(folder, 'sub', 'b'), 'content');
    await symlink('a', join(folder, 'link'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  test('does not depend on where the folder is', async () => {
    const before = await hashContext(folder);
    expect(before).toMatch(/^[0-9a-f]{12}$/);
    expect(await hashContext(`${folder}/`.replace(/\/$/, ''))).toBe(before);
  });

  test.each([
    ['content', async (path: string) => writeFile(join(path, 'a'), 'other')],
    ['a new file', async (path: string) => writeFile(join(path, 'c'), '')],
    ['an executable bit', async (path: string) => chmod(join(path, 'a'), 0o755)],
    ['the target of a link', async (path: string) => {
      await rm(join(path, 'link'));
      await symlink('sub/b', join(path, 'link'));
    }],
  ])('changes with %s', async (_title, change) => {
    const before = await hashContext(folder);
    await change(folder);
    expect(await hashContext(folder)).not.toBe(before);
  });
});
