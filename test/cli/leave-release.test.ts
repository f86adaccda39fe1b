import { expect, test } from 'vitest';
import type { Connection } from '../../lib/cli/cluster-options.ts';
import type { CommandContext } from '../../lib/cli/context.ts';
import { leaveRelease } from '../../lib/cli/leave-release.ts';
import { KubesuiteError } from '../../lib/errors.ts';
import type { FoundObjects } from '../../lib/ports/cluster.ts';
import type { Helm } from '../../lib/ports/helm.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { FakeScreen } from '../support/fake-screen.ts';

class Namespace extends FakeCluster {
  readonly graces: number[] = [];
  mayDelete = true;
  found: FoundObjects = { names: [], deniedKinds: [] };

  override async listAll(): Promise<FoundObjects> {
    return this.found;
  }

  override async endPods(_namespace?: string, _selector?: string, graceSeconds = 0): Promise<void> {
    if (!this.mayDelete) throw new KubesuiteError('CLUSTER_DENIED', 'cannot delete pods');
    this.graces.push(graceSeconds);
  }
}

function helmThat(uninstall: Helm['uninstall']): Helm {
  return { install: async () => {}, status: async () => undefined, readDescription: async () => 'kubesuite run r1', readValues: async () => undefined, readManifest: async () => '', uninstall };
}

function connectionTo(cluster: Namespace, helm: Helm): Connection {
  return { context: cluster.context, server: cluster.server, flags: '--context fake', helm, cluster: async () => cluster };
}

function setUp() {
  let said = '';
  const clock = new FakeClock();
  const context: CommandContext = {
    cwd: '/', env: {}, screen: new FakeScreen(), clock, signal: new AbortController().signal,
    stderr: (text) => {
      said += text;
    },
    announceRemains: () => {}, listenToStrays: () => () => {},
  };
  return { cluster: new Namespace(), clock, context, said: () => said };
}

const release = { release: 'shop', namespace: 'ns', hurry: false };

test('a failed uninstall is said, with what is left and how to remove it, and not thrown', async () => {
  const { cluster, context, said } = setUp();
  cluster.found = { names: ['job/a', 'pod/a-1'], deniedKinds: [] };
  const helm = helmThat(async () => {
    throw new KubesuiteError('HELM_FAILED', 'helm uninstall failed with exit code 1: boom');
  });
  expect(await leaveRelease(connectionTo(cluster, helm), release, context)).toBe(false);
  expect(said()).toBe(
    [
      'error: helm uninstall failed with exit code 1: boom',
      "Release 'shop' was not removed. Left in namespace 'ns': job/a, pod/a-1.",
      'Remove it with: kubesuite clean shop --namespace ns --context fake',
      '',
    ].join('\n'),
  );
});

test('an uninstall that an API server was not there for is tried again', async () => {
  const { cluster, clock, context, said } = setUp();
  let tries = 0;
  const helm = helmThat(async () => {
    tries += 1;
    if (tries < 3) throw new KubesuiteError('HELM_FAILED', 'helm uninstall failed with exit code 1: dial tcp 127.0.0.1:6443: connect: connection refused');
  });
  const left = leaveRelease(connectionTo(cluster, helm), release, context);
  await clock.advance(5000, 250);
  expect(await left).toBe(true);
  expect(said()).toBe('helm uninstall failed with exit code 1: dial tcp 127.0.0.1:6443: connect: connection refused\nTrying again for up to 90 s.\n');
});

test('an API server that did not get through all deletions gets more time, however long it took to say so', async () => {
  const { cluster, clock, context, said } = setUp();
  let tries = 0;
  const helm = helmThat(async () => {
    tries += 1;
    await clock.sleep(100_000);
    if (tries === 1) throw new KubesuiteError('HELM_FAILED', 'helm uninstall failed with exit code 1: Error: failed to delete release: shop');
  });
  const left = leaveRelease(connectionTo(cluster, helm), release, context);
  await clock.advance(210_000, 1000);
  expect(await left).toBe(true);
  expect(said()).toBe('helm uninstall failed with exit code 1: Error: failed to delete release: shop\nTrying again for up to 90 s.\n');
});

test('an API server that stays away is given up', async () => {
  const { cluster, clock, context, said } = setUp();
  const helm = helmThat(async () => {
    throw new KubesuiteError('HELM_FAILED', 'helm uninstall failed with exit code 1: EOF');
  });
  const left = leaveRelease(connectionTo(cluster, helm), release, context);
  await clock.advance(95_000, 1000);
  expect(await left).toBe(false);
  expect(said()).toContain('error: helm uninstall failed with exit code 1: EOF');
});

test('as long as something goes, the rest is waited for', async () => {
  const { cluster, clock, context, said } = setUp();
  cluster.found = { names: ['pod/a', 'pod/b', 'pod/c'], deniedKinds: [] };
  const left = leaveRelease(connectionTo(cluster, helmThat(async () => {})), release, context);
  for (const names of [['pod/b', 'pod/c'], ['pod/c'], []]) {
    await clock.advance(80_000, 1000);
    cluster.found = { names, deniedKinds: [] };
  }
  await clock.advance(1000, 250);
  expect(await left).toBe(true);
  expect(said()).toBe('');
});

test('of thousands that do not go, some are named', async () => {
  const { cluster, clock, context, said } = setUp();
  cluster.found = { names: Array.from({ length: 5000 }, (_, index) => `pod/p${index}`), deniedKinds: [] };
  const left = leaveRelease(connectionTo(cluster, helmThat(async () => {})), release, context);
  await clock.advance(91_000, 1000);
  expect(await left).toBe(false);
  expect(said()).toContain('pod/p18, pod/p19 and 4980 more.');
  expect(said()).not.toContain('pod/p20');
});

test('what does not go is named', async () => {
  const { cluster, clock, context, said } = setUp();
  cluster.found = { names: ['pod/stuck'], deniedKinds: [] };
  const left = leaveRelease(connectionTo(cluster, helmThat(async () => {})), release, context);
  await clock.advance(91_000, 250);
  expect(await left).toBe(false);
  expect(said()).toContain("Release 'shop' is uninstalled, but namespace 'ns' still holds what has not gone for 90 s: pod/stuck.");
});

test('kinds that may not be listed are said in one line and are no error', async () => {
  const { cluster, context, said } = setUp();
  cluster.found = { names: [], deniedKinds: ['role', 'rolebinding'] };
  expect(await leaveRelease(connectionTo(cluster, helmThat(async () => {})), release, context)).toBe(true);
  expect(said()).toBe("Not looked for in namespace 'ns', as there is no right to list it: role, rolebinding\n");
});

test('pods are ended early only in a hurry: before their Jobs go, and again for those of a retry', async () => {
  const { cluster, context } = setUp();
  const graces: number[][] = [];
  const helm = helmThat(async () => void graces.push([...cluster.graces]));
  await leaveRelease(connectionTo(cluster, helm), release, context);
  expect(cluster.graces).toEqual([]);
  await leaveRelease(connectionTo(cluster, helm), { ...release, hurry: true }, context);
  expect(graces).toEqual([[], [2]]);
  expect(cluster.graces).toEqual([2, 2]);
});

test('who may not delete pods waits for them', async () => {
  const { cluster, context, said } = setUp();
  cluster.mayDelete = false;
  expect(await leaveRelease(connectionTo(cluster, helmThat(async () => {})), { ...release, hurry: true }, context)).toBe(true);
  expect(said()).toBe('');
});
