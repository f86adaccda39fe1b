import { expect, test } from 'vitest';
import { suiteSetKeys, suiteSetName } from '../../lib/constructs/names.ts';
import { discoverRelease } from '../../lib/run/discover-release.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, jobOf } from '../support/kube-objects.ts';

function prepare(): { readonly cluster: FakeCluster; readonly clock: FakeClock; readonly told: string[]; readonly install: (runId: string) => void; readonly discover: () => ReturnType<typeof discoverRelease> } {
  const [cluster, clock, told] = [new FakeCluster(), new FakeClock(), [] as string[]];
  const install = (runId: string): void => {
    cluster.install('shop', [jobOf(contractOf('ping'))]);
    const installed = cluster.configMaps.get(suiteSetName('shop'));
    cluster.configMaps.set(suiteSetName('shop'), { ...installed, data: { ...installed?.data, [suiteSetKeys.run]: runId } });
  };
  return { cluster, clock, told, install, discover: async () => discoverRelease(cluster, clock, 'shop', 'ns', { runId: 'r2', announce: (text) => void told.push(text) }) };
}

test('a release that is not there yet, or of another run, is waited for', async () => {
  const { clock, told, install, discover } = prepare();
  const discovered = discover();
  await clock.advance(3000);
  expect(told).toEqual([expect.stringMatching(/^Waiting up to 10 min for run 'r2'\. Namespace 'ns' has no kubesuite release 'shop'\.\n$/)]);
  install('r1');
  await clock.advance(3000);
  install('r2');
  await clock.advance(1000);
  expect(await discovered).toMatchObject({ run: { id: 'r2' } });
  expect(told).toHaveLength(1);
});

test('a run that does not come is an error that says what is there', async () => {
  const { clock, install, discover } = prepare();
  install('r1');
  const discovered = discover().catch((error: unknown) => error);
  await clock.advance(601_000, 1000);
  expect(await discovered).toMatchObject({ code: 'RUN_MISSING', message: "Run 'r2' was not installed within 10 min. The release is of run 'r1'." });
});

test('an answer that is no answer is no reason to wait', async () => {
  const { cluster, discover } = prepare();
  cluster.readConfigMap = async () => Promise.reject(new Error('boom'));
  await expect(discover()).rejects.toThrow('boom');
});
