import { expect, test } from 'vitest';
import type { Connection } from '../../lib/cli/cluster-options.ts';
import { refuseForeignRelease } from '../../lib/cli/refuse-foreign-release.ts';
import { suiteSetKeys, suiteSetName } from '../../lib/constructs/names.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf } from '../support/kube-objects.ts';

const place = { release: 'shop', namespace: 'ns' };

function setUp(manifest = '') {
  const cluster = new FakeCluster();
  const helm = { install: async () => {}, status: async () => undefined, readDescription: async () => 'kubesuite run r1', readValues: async () => undefined, readManifest: async () => manifest, uninstall: async () => {} };
  const connection: Connection = { context: 'fake', server: cluster.server, flags: '--context fake', helm, cluster: async () => cluster };
  return { cluster, check: async () => refuseForeignRelease(connection, place) };
}

test('a release with suites is known by them, and tells how they are started', async () => {
  const { cluster, check } = setUp();
  cluster.install('shop', [jobOf(contractOf('ping'))]);
  const installed = cluster.configMaps.get(suiteSetName('shop'));
  cluster.configMaps.set(suiteSetName('shop'), { ...installed, data: { ...installed?.data, [suiteSetKeys.trigger]: 'cronjob-template' } });
  expect(await check()).toBe('cronjob-template');
});

test('a release that Helm was killed over is known by its record', async () => {
  expect(await setUp('metadata:\n  labels:\n    kubesuite.dev/release: "shop"\n').check()).toBeUndefined();
});

test.each(['', 'kind: ConfigMap\nmetadata:\n  name: shop\n'])('any other release is refused', async (manifest) => {
  await expect(setUp(manifest).check()).rejects.toMatchObject({ code: 'RELEASE_FOREIGN', message: "Release 'shop' in namespace 'ns' is no release of kubesuite: it holds no suites." });
});

test('a ConfigMap of somebody else makes no release with suites', async () => {
  const { cluster, check } = setUp();
  cluster.configMaps.set(suiteSetName('shop'), { metadata: { labels: { app: 'shop' } } });
  await expect(check()).rejects.toMatchObject({ code: 'RELEASE_FOREIGN' });
});
