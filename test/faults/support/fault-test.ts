import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { x } from 'tinyexec';
import type { NodePaths } from '../../cluster/index.ts';
import type { Fault, Outcome } from '../fault.ts';
import { FaultScene } from './fault-scene.ts';

export interface Place {
  readonly kubeconfig: string;
  readonly helm: string;
  readonly node?: NodePaths;
}

/** Acts a fault out in a namespace of its own, compares what became of it, and sees that nothing is left. */
export async function expectOutcome({ act, expected }: Pick<Fault, 'act' | 'expected'>, { kubeconfig, helm, node }: Place): Promise<void> {
  const namespace = `fault-${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-fault-'));
  const scene = new FaultScene({ namespace, folder, kubeconfig, helm, node });
  try {
    await scene.kubectl('create', 'namespace', namespace);
    await scene.kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
    const outcome: Outcome = await act(scene);
    expect(outcome).toEqual(expected);
    expect(await listLeft(scene)).toEqual([]);
  } finally {
    await scene.dispose();
    await x('kubectl', ['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found'], { timeout: 60_000, nodeOptions: { env: { ...process.env, KUBECONFIG: kubeconfig } } });
    await rm(folder, { recursive: true, force: true });
  }
}

/** A namespace that is being deleted is emptied by Kubernetes. */
async function listLeft(scene: FaultScene): Promise<readonly string[]> {
  const kinds = 'jobs,pods,configmaps,secrets,services,serviceaccounts,networkpolicies,resourcequotas,roles,rolebindings';
  if ((await scene.kubectl('get', 'namespace', scene.namespace, '--ignore-not-found', '--output=jsonpath={.status.phase}')) !== 'Active') return [];
  const listed = await scene.kubectl('get', kinds, '--output=name');
  return listed.split('\n').filter((name) => name !== '' && name !== 'configmap/kube-root-ca.crt' && name !== 'serviceaccount/default');
}
