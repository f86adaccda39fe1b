import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CoreV1Event, KubernetesObject, V1Job, V1Namespace, V1Node, V1Pod } from '@kubernetes/client-node';
import type { Case } from './case.ts';
import { endCases } from './end-cases.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';
import { jobName } from './objects.ts';
import { isRunning, type Recording } from './recording.ts';
import { startCases } from './start-cases.ts';

/**
 * Records the objects of the cases of a diagnosis from a real API server, with the kubeconfig of the environment:
 * `npm run record:diagnosis [case…]`. The node must have the image of the end-to-end tests.
 */
const cases = { ...startCases, ...endCases };
const wanted = process.argv.slice(2);
const folder = resolve(import.meta.dirname, '../fixtures');
const deadlineMs = 180_000;
const pollMs = 150;
const atOnce = 5;

async function main(): Promise<void> {
  const chosen = Object.entries(cases).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const shared = chosen.filter(([, { exclusive }]) => exclusive !== true);
  const lane = async (): Promise<void> => {
    for (let next = shared.shift(); next !== undefined; next = shared.shift()) await record(...next);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  for (const [name, exclusive] of chosen.filter(([, { exclusive: is }]) => is === true)) await record(name, exclusive);
}

async function record(name: string, recorded: Case): Promise<void> {
  const namespace = `diagnosis-${name}`;
  const kubectl = createKubectl(namespace);
  try {
    await kubectl.cluster('create', 'namespace', namespace);
    // Without it, no pod is admitted.
    await kubectl('wait', '--for=create', '--timeout=30s', 'serviceaccount/default');
    await recorded.before?.(kubectl, namespace);
    await kubectl.apply(recorded.job);
    const recording = await watch(kubectl, namespace, recorded);
    await writeFile(resolve(folder, `${name}.json`), `${JSON.stringify(tidy(recording), undefined, 1)}\n`);
    process.stdout.write(`recorded ${name}\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await recorded.after?.(kubectl, namespace).catch((error: unknown) => process.stderr.write(`${name}: ${String(error)}\n`));
    await kubectl.cluster('delete', 'namespace', namespace, '--wait=false', '--ignore-not-found');
  }
}

/** The last state of everything, also of what goes meanwhile. */
async function watch(kubectl: Kubectl, namespace: string, { until, act, actWhen = isRunning, withNode }: Case): Promise<Recording> {
  const pods = new Map<string, { object: V1Pod; deleted: boolean }>();
  let job: V1Job | undefined;
  let acted = act === undefined;
  for (const started = Date.now(); ; await setTimeout(pollMs)) {
    const { items } = await kubectl.json<{ items: readonly KubernetesObject[] }>('get', 'jobs,pods,events');
    const jobs = ofKind<V1Job>(items, 'Job');
    job = jobs[0] ?? job;
    const found = ofKind<V1Pod>(items, 'Pod').filter(({ metadata }) => metadata?.ownerReferences?.[0]?.name === jobName);
    for (const entry of pods.values()) entry.deleted = true;
    for (const object of found) pods.set(object.metadata?.uid ?? '', { object, deleted: false });
    const events = ofKind<CoreV1Event>(items, 'Event').filter(({ involvedObject }) => involvedObject.name?.startsWith(jobName));
    if (job !== undefined) {
      const recording: Recording = { job, jobDeleted: jobs.length === 0, pods: [...pods.values()], events };
      const [first] = pods.values();
      if (!acted && first !== undefined && actWhen(recording)) {
        acted = true;
        await act?.(kubectl, first.object, namespace);
      }
      if (acted && until(recording)) return { ...recording, ...(await surroundings(kubectl, namespace, withNode === true ? first?.object.spec?.nodeName : undefined)) };
    }
    if (Date.now() - started > deadlineMs) throw new Error(`did not happen within ${deadlineMs / 1000} s`);
  }
}

async function surroundings(kubectl: Kubectl, namespace: string, nodeName: string | undefined): Promise<Pick<Recording, 'node' | 'namespace'>> {
  const node = nodeName === undefined ? undefined : await kubectl.cluster.json<V1Node>('get', 'node', nodeName);
  const found = await kubectl.cluster('get', 'namespace', namespace, '--ignore-not-found', '--output=json');
  return { namespace: found === '' ? null : (JSON.parse(found) as V1Namespace), ...(node && { node: { metadata: node.metadata, spec: node.spec, status: { conditions: node.status?.conditions } } as V1Node }) };
}

function ofKind<T extends KubernetesObject>(items: readonly KubernetesObject[], kind: string): readonly T[] {
  return items.filter((item) => item.kind === kind) as T[];
}

/** Without who wrote which field. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (key === 'managedFields' ? [] : [[key, tidy(item)]])));
}

await main();
