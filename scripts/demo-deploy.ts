import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppsV1Api,
  CoreV1Api,
  type KubeConfig,
  KubernetesObjectApi,
  type KubernetesObject,
  loadAllYaml,
  PatchStrategy,
  type V1Deployment,
  type V1Pod,
} from '@kubernetes/client-node';
import { note } from './demo-steps.ts';

const appNamespace = 'shop-demo';
const fieldManager = 'kubesuite-demo';
const deadlineMs = 120_000;

/** Applies the demo application and the namespace of its tests, and waits until the application is available. */
export async function deployDemo(config: KubeConfig, appImage: string): Promise<void> {
  await apply(config, await readManifests('../demo/app/manifests.yaml', appImage));
  await apply(config, await readManifests('../demo/tests-namespace.yaml', appImage));
  await waitUntilAvailable(config);
}

async function readManifests(path: string, appImage: string): Promise<KubernetesObject[]> {
  const text = await readFile(new URL(path, import.meta.url), 'utf8');
  return loadAllYaml(text.replaceAll('localhost/shop-app:content-hash', appImage));
}

async function apply(config: KubeConfig, objects: readonly KubernetesObject[]): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(config);
  for (const object of objects) {
    await api.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
  }
}

async function waitUntilAvailable(config: KubeConfig): Promise<void> {
  const apps = config.makeApiClient(AppsV1Api);
  const core = config.makeApiClient(CoreV1Api);
  const deadline = performance.now() + deadlineMs;
  let said = '';
  for (;;) {
    const { items } = await apps.listNamespacedDeployment({ namespace: appNamespace });
    const waiting = items.filter((deployment) => !isAvailable(deployment));
    if (waiting.length === 0) return;

    const pods = await core.listNamespacedPod({ namespace: appNamespace });
    const status = waiting.map((deployment) => `${deployment.metadata?.name}: ${describe(deployment, pods.items)}`).join(', ');
    if (status !== said) note(`waiting for ${status}`);
    said = status;

    if (performance.now() > deadline) {
      throw new Error(`The demo application was not available after ${deadlineMs / 1000} s. ${status}`);
    }
    await sleep(500);
  }
}

function isAvailable({ metadata, spec, status }: V1Deployment): boolean {
  return (
    status?.observedGeneration === metadata?.generation &&
    status?.updatedReplicas === spec?.replicas &&
    status?.availableReplicas === spec?.replicas &&
    status?.replicas === spec?.replicas
  );
}

/** The newest pod says most about why a Deployment is not there yet. */
function describe(deployment: V1Deployment, pods: readonly V1Pod[]): string {
  const app = deployment.spec?.selector.matchLabels?.['app'];
  const pod = pods
    .filter(({ metadata }) => metadata?.labels?.['app'] === app && metadata?.deletionTimestamp === undefined)
    .toSorted((a, b) => Number(b.metadata?.creationTimestamp) - Number(a.metadata?.creationTimestamp))[0];
  if (pod === undefined) {
    const failure = deployment.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
    return failure?.message ?? 'no pod yet';
  }
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined) return unscheduled.message ?? 'not scheduled';
  const state = pod.status?.containerStatuses?.[0]?.state;
  if (state?.waiting !== undefined) return [state.waiting.reason, state.waiting.message].filter(Boolean).join(': ');
  if (state?.terminated !== undefined) return `exited with ${state.terminated.exitCode}`;
  return state?.running === undefined ? 'pod is starting' : 'running, not ready yet';
}
