import { expect, test } from 'vitest';
import type { V1Pod } from '@kubernetes/client-node';
import type { SuiteContract } from '../../../lib/config/contract.ts';
import { KubesuiteError } from '../../../lib/errors.ts';
import { EvidenceCollector } from '../../../lib/run/evidence/evidence-collector.ts';
import { SeenObjects } from '../../../lib/run/evidence/seen-objects.ts';
import type { EvidenceCollected, ResultsOutcome, RunEvent } from '../../../lib/run/events.ts';
import { emptyRun, reduceRun, type SuiteState } from '../../../lib/run/run-state.ts';
import { toJobSnapshot, toPodSnapshot } from '../../../lib/run/snapshots.ts';
import { toSuiteReport } from '../../../lib/run/to-report.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeCluster } from '../../support/fake-cluster.ts';
import { contractOf, eventOf, exited, jobOf, podOf } from '../../support/kube-objects.ts';
import { MemoryFolder } from '../../support/memory-folder.ts';

const at = '2026-01-01T00:00:06.000Z';
const failing: ResultsOutcome = { ok: true, tests: [{ name: 'breaks', group: '', status: 'failed' }], files: [] };
const contract = contractOf('worker', { services: [{ name: 'redis', podLabels: { app: 'redis' } }] });

function serverPod(name: string, labels: Record<string, string>, restartedAt?: string): V1Pod {
  const lastState = restartedAt === undefined ? {} : { lastState: { terminated: { exitCode: 1, finishedAt: new Date(restartedAt) } } };
  return { metadata: { name, uid: name, labels }, status: { containerStatuses: [{ name: 'server', image: 'x', imageID: 'x', ready: true, restartCount: 0, ...lastState }] } };
}

class Scene {
  readonly cluster = new FakeCluster();
  readonly clock = new FakeClock();
  readonly folder = new MemoryFolder();
  readonly seen = new SeenObjects();
  readonly events: EvidenceCollected[] = [];
  readonly #contract: SuiteContract;
  #state = emptyRun;

  constructor(suiteContract: SuiteContract = contract) {
    this.#contract = suiteContract;
    const job = jobOf(suiteContract);
    const pod = { ...podOf(job, exited(1)) };
    pod.spec = { containers: [{ name: 'suite', env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }] };
    pod.metadata = { ...pod.metadata, managedFields: [{ manager: 'kubelet' }] };
    this.seen.keep({ kind: 'jobs', type: 'present', object: job });
    this.seen.keep({ kind: 'pods', type: 'present', object: pod });
    this.seen.keep({ kind: 'events', type: 'present', object: eventOf('Pod', pod.metadata?.name ?? '', 'BackOff', 'restarting') });
    this.seen.keep({ kind: 'events', type: 'present', object: { ...eventOf('Node', 'n', 'Rebooted', 'later'), lastTimestamp: new Date('2026-01-01T00:10:00Z') } });
    const started: RunEvent[] = [
      { type: 'run-started', version: 1, at, run: { id: 'r', release: 'shop', namespace: 'ns', context: 'c', chart: 'x' }, suites: [{ key: 'worker', job: job.metadata?.name ?? '', uid: job.metadata?.uid ?? '', contract: suiteContract }] },
      { type: 'job-observed', at, suite: 'worker', job: toJobSnapshot(job, false) },
      { type: 'pod-observed', at, suite: 'worker', pod: toPodSnapshot(pod, false) },
      { type: 'results-collected', at, suite: 'worker', pod: pod.metadata?.name ?? '', outcome: failing },
    ];
    this.#state = started.reduce(reduceRun, this.#state);
  }

  get suite(): SuiteState {
    const suite = this.#state.suites.get('worker');
    if (suite === undefined) throw new Error(`no suite ${this.#contract.suite}`);
    return suite;
  }

  async collect(signal: AbortSignal = new AbortController().signal): Promise<void> {
    const { cluster, clock, folder } = this;
    const collector = new EvidenceCollector({ cluster, clock, folder, namespace: 'ns' });
    const collected = collector.collect(this.suite, this.seen, signal, async (event) => {
      this.events.push(event);
      this.#state = reduceRun(this.#state, event);
    });
    await clock.settle();
    await clock.advance(60_000, 1000);
    await collected;
  }
}

test('a suite that failed has its objects, the events of its time and the logs of its services', async () => {
  const scene = new Scene();
  scene.cluster.pods.set('redis-0', serverPod('redis-0', { app: 'redis' }));
  scene.cluster.pods.set('other-0', serverPod('other-0', { app: 'other' }));
  scene.cluster.logs.set('redis-0/server', '2026-01-01T00:00:04.1Z OOM for password=hunter2\n2026-01-01T00:09:00.1Z much later\n');
  scene.cluster.events.push(eventOf('Pod', 'redis-0', 'Unhealthy', 'probe failed'));
  await scene.collect();
  expect([...scene.folder.files.keys()]).toEqual([
    'suites/worker/services/redis/redis-0-server.log',
    'suites/worker/services/redis/events.json',
    'suites/worker/job.json',
    'suites/worker/events.json',
    'suites/worker/1/pod.json',
    'suites/worker/1/events.json',
  ]);
  expect(scene.folder.files.get('suites/worker/services/redis/redis-0-server.log')).toBe('2026-01-01T00:00:04.1Z OOM for password=[masked]\n');
  expect(scene.folder.files.get('suites/worker/events.json')).toContain('restarting');
  expect(scene.folder.files.get('suites/worker/events.json')).not.toContain('Rebooted');
  const pod = scene.folder.files.get('suites/worker/1/pod.json') ?? '';
  expect(pod).not.toContain('managedFields');
  expect(pod).not.toContain('hunter2');
  const report = toSuiteReport(scene.suite);
  expect(report.attachments.map(({ title, path }) => [title, path])).toEqual([
    ['events of the namespace', 'suites/worker/events.json'],
    ['Job shop-worker-r1', 'suites/worker/job.json'],
    ['events of service redis', 'suites/worker/services/redis/events.json'],
    ['log of pod redis-0, container server', 'suites/worker/services/redis/redis-0-server.log'],
  ]);
  expect(report.attempts[0]?.attachments.map(({ path }) => path)).toEqual(['suites/worker/1/events.json', 'suites/worker/1/pod.json']);
  expect(report.verdict).toBe('failed');
});

test('a service that crashed meanwhile shows its log from before, too', async () => {
  const scene = new Scene();
  scene.cluster.pods.set('redis-0', serverPod('redis-0', { app: 'redis' }, '2026-01-01T00:00:03Z'));
  scene.cluster.logs.set('redis-0/server', '2026-01-01T00:00:04.1Z up again\n');
  scene.cluster.logs.set('redis-0/server/previous', '2026-01-01T00:00:03.1Z panic\n');
  await scene.collect();
  expect(scene.folder.files.get('suites/worker/services/redis/redis-0-server-previous.log')).toContain('panic');
  expect(scene.folder.files.get('suites/worker/services/redis/redis-0-server.log')).toContain('up again');
});

test.each<[string, (scene: Scene) => void, RegExp]>([
  ['may not be listed', ({ cluster }) => { cluster.listPods = async () => { throw new KubesuiteError('CLUSTER_DENIED', 'pods is forbidden'); }; }, /^could not be read: pods is forbidden$/],
  ['is not there', () => {}, /^no pod in namespace ns has the labels app=redis$/],
  ['has not started', ({ cluster }) => void cluster.pods.set('redis-0', serverPod('redis-0', { app: 'redis' })), /^could not be read: pods "redis-0" not found$/],
  ['prints nothing', ({ cluster }) => { cluster.pods.set('redis-0', serverPod('redis-0', { app: 'redis' })); cluster.logs.set('redis-0/server', ''); }, /printed nothing/],
  ['never answers', ({ cluster }) => { cluster.listPods = async () => new Promise(() => {}); }, /no answer within 10 s/],
])('a service that %s is a note and no other verdict', async (_title, prepare, note) => {
  const scene = new Scene();
  prepare(scene);
  await scene.collect();
  const { attachments, verdict } = toSuiteReport(scene.suite);
  expect(verdict).toBe('failed');
  const attachment = attachments.find(({ kind }) => kind === 'service-log');
  expect(attachment).toMatchObject({ service: 'redis', note: expect.stringMatching(note) });
  expect(attachment?.path).toBeUndefined();
  expect(attachments.some(({ kind }) => kind === 'job')).toBe(true);
});

test('nothing is asked for after the end of the run, but what is known is saved', async () => {
  const scene = new Scene();
  scene.cluster.listPods = async () => new Promise(() => {});
  await scene.collect(AbortSignal.abort());
  expect(toSuiteReport(scene.suite).attachments).toContainEqual(expect.objectContaining({ kind: 'service-log', note: 'could not be read: the run ended before' }));
  expect(scene.folder.files.has('suites/worker/1/pod.json')).toBe(true);
});

test('a suite that never started has no use for the logs of services', async () => {
  const scene = new Scene();
  scene.cluster.listPods = async () => { throw new Error('asked'); };
  await scene.clock.advance(10_000);
  const { attempts } = scene.suite;
  const pending = { ...scene.suite, attempts: attempts.map((attempt) => ({ ...attempt, pod: { ...attempt.pod, suite: { state: 'waiting', reason: 'ErrImagePull', message: '' } as const } })) };
  const collector = new EvidenceCollector({ cluster: scene.cluster, clock: scene.clock, folder: scene.folder, namespace: 'ns' });
  await collector.collect(pending, scene.seen, new AbortController().signal, async (event) => void scene.events.push(event));
  expect(scene.events.map(({ attachment }) => attachment.kind)).toEqual(['job', 'events', 'pod', 'events']);
});
