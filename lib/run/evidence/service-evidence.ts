import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { SuiteContract } from '../../config/contract.ts';
import type { Cluster } from '../../ports/cluster.ts';
import { maskSecrets } from './mask-secrets.ts';
import { noteOf, toJson, type Piece } from './piece.ts';
import { cutLog, eventsWithin, type TimeWindow } from './time-window.ts';

export type UsedService = NonNullable<SuiteContract['services']>[number];

export interface ServiceQuery {
  readonly cluster: Cluster;
  readonly service: UsedService;
  /** Of the release; a service may name another. */
  readonly namespace: string;
  readonly window: TimeWindow;
  /** Of the service's files, relative to the run folder. */
  readonly folder: string;
  /** Ends a question that nobody answers. */
  readonly within: <T>(question: Promise<T>) => Promise<T>;
}

const mostPods = 10;
/** Read of one container; `cutLog` keeps the end of it. */
const mostBytesRead = 8 * 1024 * 1024;
const mostBytesKept = 256 * 1024;

/** What the pods behind a service have printed, and what the cluster said of them, while a suite was there. */
export async function* readService(query: ServiceQuery): AsyncIterable<Piece> {
  const { cluster, service, window, folder, within } = query;
  const namespace = service.namespace ?? query.namespace;
  const selector = Object.entries(service.podLabels).map(([key, value]) => `${key}=${value}`).join(',');
  const about = { service: service.name };
  let pods: readonly V1Pod[];
  try {
    pods = (await within(cluster.listPods(namespace, selector))).toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  } catch (error) {
    yield { ...about, kind: 'service-log', title: `logs of service ${service.name}`, note: noteOf(error) };
    return;
  }
  if (pods.length === 0) yield { ...about, kind: 'service-log', title: `logs of service ${service.name}`, note: `no pod in namespace ${namespace} has the labels ${selector}` };
  if (pods.length > mostPods) yield { ...about, kind: 'service-log', title: `logs of service ${service.name}`, note: `only ${mostPods} of its ${pods.length} pods are read` };
  for (const pod of pods.slice(0, mostPods)) {
    for (const container of containersOf(pod)) yield* readContainer(query, namespace, pod, container);
  }
  yield* readEvents({ ...query, folder }, namespace, pods, window);
}

interface ReadContainer {
  readonly name: string;
  /** Ended and started again while the suite was there. */
  readonly restarted: boolean;
  readonly startedAt: string;
}

function containersOf({ status }: V1Pod): readonly ReadContainer[] {
  const statuses: readonly V1ContainerStatus[] = [...(status?.initContainerStatuses ?? []).filter(({ state }) => state?.running), ...(status?.containerStatuses ?? [])];
  return statuses.map(({ name, lastState }) => ({ name, restarted: lastState?.terminated !== undefined, startedAt: new Date(lastState?.terminated?.finishedAt ?? 0).toISOString() }));
}

async function* readContainer({ cluster, service, window, folder, within }: ServiceQuery, namespace: string, pod: V1Pod, container: ReadContainer): AsyncIterable<Piece> {
  const sinceTime = new Date(window.from).toISOString();
  const crashed = container.restarted && Date.parse(container.startedAt) >= window.from;
  for (const previous of crashed ? [true, false] : [false]) {
    const title = `log of pod ${nameOf(pod)}, container ${container.name}${previous ? ', before its restart' : ''}`;
    const about = { kind: 'service-log', service: service.name, title } as const;
    try {
      const log = await within(cluster.readLog({ namespace, pod: nameOf(pod), container: container.name, sinceTime, timestamps: true, limitBytes: mostBytesRead, previous }));
      const { text, note } = cutLog(maskSecrets(log), window, mostBytesKept);
      const notes = [note, Buffer.byteLength(log) >= mostBytesRead ? `only the first ${mostBytesRead / 1024 / 1024} MiB of this time were read` : ''].filter(Boolean).join('; ');
      const path = `${folder}/${nameOf(pod)}-${container.name}${previous ? '-previous' : ''}.log`;
      yield text === '' ? { ...about, note: 'it printed nothing while the suite was there' } : { ...about, path, content: text, ...(notes !== '' && { note: notes }) };
    } catch (error) {
      yield { ...about, note: noteOf(error) };
    }
  }
}

async function* readEvents({ cluster, service, folder, within }: ServiceQuery, namespace: string, pods: readonly V1Pod[], window: TimeWindow): AsyncIterable<Piece> {
  const about = { kind: 'service-events', service: service.name, title: `events of service ${service.name}` } as const;
  const names = new Set(pods.map(nameOf));
  try {
    const events = (await within(cluster.listEvents(namespace))).filter(({ involvedObject }) => involvedObject.kind === 'Pod' && names.has(involvedObject.name ?? ''));
    const found = eventsWithin(events, window);
    if (found.length > 0) yield { ...about, path: `${folder}/events.json`, content: toJson(found) };
  } catch (error) {
    yield { ...about, note: noteOf(error) };
  }
}

function nameOf({ metadata }: V1Pod): string {
  return metadata?.name ?? '';
}
