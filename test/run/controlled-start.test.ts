import type { V1Job, V1ResourceQuota } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import type { SuiteContract } from '../../lib/config/contract.ts';
import { KubesuiteError } from '../../lib/errors.ts';
import { Narrator } from '../../lib/reporters/narrator.ts';
import type { Reporter } from '../../lib/reporters/reporter.ts';
import { AttemptCollector } from '../../lib/run/attempt-collector.ts';
import { EvidenceCollector } from '../../lib/run/evidence/evidence-collector.ts';
import { discoverRelease } from '../../lib/run/discover-release.ts';
import type { RunReport } from '../../lib/run/report.ts';
import { followRelease, type FollowOptions, type RunObserver } from '../../lib/run/runner.ts';
import { toRunReport } from '../../lib/run/to-report.ts';
import type { StartMode } from '../../lib/config/start-modes.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { contractOf, exited, jobOf, podOf, running, waiting } from '../support/kube-objects.ts';
import { MemoryFolder } from '../support/memory-folder.ts';

const pass = 'TAP version 13\n1..1\nok 1 - works\n';

function suspendedJob(suite: string, over: Partial<SuiteContract> = {}, cpu = '100m'): V1Job {
  const job = jobOf(contractOf(suite, over));
  const containers = [{ name: 'suite', resources: { requests: { cpu }, limits: { memory: '64Mi' } } }];
  return { ...job, spec: { suspend: true, template: { spec: { containers, restartPolicy: 'Never' } } } };
}

class Scene {
  readonly cluster = new FakeCluster();
  readonly clock = new FakeClock();
  /** What a reporter is told of waiting and of ends. */
  readonly told: string[] = [];
  report: Promise<RunReport> | undefined;

  async follow(jobs: readonly V1Job[], options: Partial<FollowOptions> = {}, start: StartMode = 'controlled'): Promise<void> {
    const { cluster, clock, told } = this;
    cluster.install('shop', jobs, start);
    const release = await discoverRelease(cluster, clock, 'shop', 'ns');
    const reporter: Reporter = {
      onTestSuiteProgress: ({ key, phase, held, detail }) => void (phase === 'queued' && held === true && told.push(`${key}: ${detail}`)),
      onTestSuiteEnd: ({ key, verdict, message }) => void told.push(`${key} ${verdict}: ${message}`),
    };
    const narrator = new Narrator(reporter);
    const observer: RunObserver = {
      handle: async (event) => narrator.handle(event),
      tick: async () => {},
      get state() {
        return narrator.state;
      },
      get settled() {
        return narrator.settled;
      },
    };
    const world = { cluster, clock, folder: new MemoryFolder(), namespace: 'ns' };
    const [collector, evidence] = [new AttemptCollector(world), new EvidenceCollector(world)];
    this.report = followRelease({ release, cluster, clock, collector, evidence, observer, signal: new AbortController().signal, ...options }).then(toRunReport);
    // A rejection is looked at when the test gets there.
    this.report.catch(() => {});
    await clock.advance(1000);
  }

  /** Suites whose Jobs were started, in order. */
  get released(): readonly string[] {
    return this.cluster.released.map((name) => name.replace(/^shop-|-r1$/g, ''));
  }

  async end(job: V1Job, exitCode = 0): Promise<void> {
    this.cluster.pod(podOf(job, running()));
    await this.clock.advance(500);
    this.cluster.pod(podOf(job, exited(exitCode), { status: { phase: exitCode === 0 ? 'Succeeded' : 'Failed' } }), pass);
    await this.clock.advance(1000);
  }

  quota(hard: Record<string, string>, used: Record<string, string>, name = 'shop-smoke'): void {
    const object: V1ResourceQuota = { metadata: { name, uid: `quota-${name}` }, spec: { hard, scopes: ['Terminating'] }, status: { hard, used } };
    this.cluster.change({ kind: 'resourcequotas', type: 'present', object });
  }
}

describe('the order of the start', () => {
  test('is that of priorities, then that of the config', async () => {
    const scene = new Scene();
    const jobs = [suspendedJob('a', { priority: 1 }), suspendedJob('b', { priority: 5 }), suspendedJob('c', { priority: 5 }), suspendedJob('d')];
    await scene.follow(jobs);
    expect(scene.released).toEqual(['b', 'c', 'a', 'd']);
    for (const job of jobs) await scene.end(job);
    expect(await scene.report).toMatchObject({ exitCode: 0 });
  });

  test('keeps to the number of workers', async () => {
    const scene = new Scene();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => suspendedJob(name)) as [V1Job, V1Job, V1Job];
    await scene.follow([a, b, c], { maxWorkers: 2 });
    expect(scene.released).toEqual(['a', 'b']);
    // Far beyond every grace time of a suite that starts.
    scene.cluster.pod(podOf(a, running()));
    scene.cluster.pod(podOf(b, running()));
    await scene.clock.advance(100_000, 1000);
    await scene.end(b);
    expect(scene.released).toEqual(['a', 'b', 'c']);
    await scene.end(a);
    await scene.end(c);
    expect(await scene.report).toMatchObject({ exitCode: 0 });
  });

  test('goes on where another CLI was killed, and starts nothing twice', async () => {
    const scene = new Scene();
    const [first, second] = [suspendedJob('first'), suspendedJob('second', { needs: ['first'] })];
    const started = { ...first, spec: { template: {}, ...first.spec, suspend: false } };
    await scene.follow([started, second]);
    expect(scene.released).toEqual([]);
    await scene.end(started);
    expect(scene.released).toEqual(['second']);
    await scene.end(second);
    expect(await scene.report).toMatchObject({ exitCode: 0 });
  });

  test('starts a suite again that an upgrade has suspended, when its pod is gone', async () => {
    const scene = new Scene();
    const job = suspendedJob('a');
    await scene.follow([job]);
    scene.cluster.pod(podOf(job, running()));
    scene.cluster.change({ kind: 'jobs', type: 'present', object: job });
    await scene.clock.advance(5000);
    const ended = podOf(job, exited(143), { status: { phase: 'Failed' } });
    const ending = { ...ended, metadata: { ...ended.metadata, deletionTimestamp: new Date('2026-01-01T00:00:04Z'), deletionGracePeriodSeconds: 0 } };
    scene.cluster.pod(ending, '');
    await scene.clock.advance(5000);
    // Its exit code would fail a Job that runs.
    expect(scene.released).toEqual(['a']);
    scene.cluster.change({ kind: 'pods', type: 'deleted', object: ending });
    await scene.clock.advance(1000);
    expect(scene.released).toEqual(['a', 'a']);
  });

  test('leaves Jobs alone that start by themselves', async () => {
    const scene = new Scene();
    await scene.follow([suspendedJob('a')], {}, 'all');
    await scene.clock.advance(125_000, 1000);
    expect(scene.released).toEqual([]);
    expect(await scene.report).toMatchObject({ suites: [{ verdict: 'error', cause: 'start-timeout', message: 'The Job is suspended. (waited 120 s)', diagnosis: { hint: expect.stringContaining('who suspends Jobs') } }] });
  });

  test('says that a Job was suspended whose suite ran', async () => {
    const scene = new Scene();
    const job = suspendedJob('a');
    await scene.follow([jobOf(contractOf('a'))], {}, 'all');
    scene.cluster.pod(podOf(job, running()));
    scene.cluster.change({ kind: 'jobs', type: 'present', object: job });
    await scene.clock.advance(125_000, 1000);
    expect(scene.released).toEqual([]);
    expect(await scene.report).toMatchObject({ suites: [{ verdict: 'error', cause: 'pod-deleted', message: 'The Job was suspended while its suite ran, which ends its pod. (waited 120 s)' }] });
  });
});

describe('a suite that needs another', () => {
  test('starts when all shards of it have passed', async () => {
    const scene = new Scene();
    const [one, two] = [1, 2].map((index) => suspendedJob(`base-${index}`, { suite: 'base', shard: { index, total: 2 } })) as [V1Job, V1Job];
    const next = suspendedJob('next', { needs: ['base'], priority: 9 });
    await scene.follow([next, one, two]);
    expect(scene.released.at(-1)).not.toBe('next');
    expect(scene.told).toContain('next: waiting for base-1, base-2 to pass');
    await scene.end(one);
    expect(scene.released).not.toContain('next');
    await scene.end(two);
    expect(scene.released.at(-1)).toBe('next');
    await scene.end(next);
    expect(await scene.report).toMatchObject({ exitCode: 0 });
  });

  test('is skipped when that one failed, and so are those that need it; the run is no pass', async () => {
    const scene = new Scene();
    const a = suspendedJob('a');
    await scene.follow([a, suspendedJob('b', { needs: ['a'] }), suspendedJob('c', { needs: ['b'] })]);
    await scene.end(a, 1);
    const report = await scene.report;
    expect(report).toMatchObject({ verdict: 'failed', exitCode: 1, totals: { suites: { failed: 1, skipped: 2 } } });
    expect(report?.suites.map(({ message }) => message)).toEqual(['Exit code 1, although its one test passed.', "It needs 'a', which failed.", "It needs 'b', which was skipped."]);
    expect(scene.released).toEqual(['a']);
  });

  test.each([
    ['is not part of the run', ['absent'], "It needs 'absent', which is not part of the run."],
    ['needs it, too', ['b'], 'Its needs lead back to itself: b.'],
  ])('is skipped when that one %s', async (_title, needs, message) => {
    const scene = new Scene();
    await scene.follow([suspendedJob('a', { needs }), suspendedJob('b', { needs: ['a'] })]);
    const report = await scene.report;
    expect(report).toMatchObject({ verdict: 'skipped', exitCode: 1 });
    expect(report?.suites[0]).toMatchObject({ verdict: 'skipped', message });
  });
});

describe('a quota', () => {
  test('holds the next suite back, with numbers, until there is room', async () => {
    const scene = new Scene();
    const [worker, large] = [suspendedJob('worker', {}, '1900m'), suspendedJob('large', {}, '200m')];
    scene.quota({ 'requests.cpu': '2' }, { 'requests.cpu': '0' });
    await scene.follow([worker, large]);
    expect(scene.released).toEqual(['worker']);
    expect(scene.told).toEqual(['large: waiting for quota of type smoke: needs 200m cpu, 100m of 2 free, held by worker']);
    scene.quota({ 'requests.cpu': '2' }, { 'requests.cpu': '1900m' });
    await scene.end(worker);
    expect(scene.released).toEqual(['worker']);
    scene.quota({ 'requests.cpu': '2' }, { 'requests.cpu': '0' });
    await scene.clock.advance(500);
    expect(scene.released).toEqual(['worker', 'large']);
    await scene.end(large);
    expect(await scene.report).toMatchObject({ exitCode: 0 });
  });

  test('is not given to a later suite that is smaller', async () => {
    const scene = new Scene();
    scene.quota({ 'requests.cpu': '2' }, { 'requests.cpu': '1' });
    await scene.follow([suspendedJob('large', {}, '1500m'), suspendedJob('small', {}, '100m')]);
    expect(scene.released).toEqual([]);
    expect(scene.told).toEqual([
      'large: waiting for quota of type smoke: needs 1500m cpu, 1 of 2 free, held by others',
      'small: waiting for quota of type smoke: other suites come first',
    ]);
  });

  test('that others hold is an error after the time of a queue, and not before', async () => {
    const scene = new Scene();
    scene.quota({ pods: '1' }, { pods: '1' });
    await scene.follow([suspendedJob('a', { startTimeoutSeconds: 10 })], { queueTimeoutSeconds: 300 });
    await scene.clock.advance(295_000, 1000);
    expect(scene.told).toEqual(['a: waiting for quota of type smoke: needs 1 pod, 0 of 1 free, held by others']);
    await scene.clock.advance(10_000, 1000);
    expect(await scene.report).toMatchObject({ exitCode: 3, suites: [{ verdict: 'error', cause: 'quota' }] });
  });

  test('that a suite holds which is an error already is held by that one', async () => {
    const scene = new Scene();
    const stuck = suspendedJob('stuck', { startTimeoutSeconds: 10 });
    scene.quota({ pods: '1' }, { pods: '0' });
    await scene.follow([stuck, suspendedJob('next')]);
    scene.quota({ pods: '1' }, { pods: '1' });
    scene.cluster.pod(podOf(stuck, waiting('ImagePullBackOff'), { status: { phase: 'Pending' } }));
    await scene.clock.advance(15_000, 500);
    expect(scene.told).toEqual(['next: waiting for quota of type smoke: needs 1 pod, 0 of 1 free, held by stuck', expect.stringMatching(/^stuck error: .*ImagePullBackOff/)]);
    expect(scene.released).toEqual(['stuck']);
  });

  test('that is too small for a suite does not keep it from being told so by Kubernetes', async () => {
    const scene = new Scene();
    scene.quota({ 'requests.cpu': '100m' }, { 'requests.cpu': '0' });
    await scene.follow([suspendedJob('a', {}, '200m')]);
    expect(scene.released).toEqual(['a']);
  });
});

describe('--bail', () => {
  test('keeps suites from starting after a failure; those that run come to their end', async () => {
    const scene = new Scene();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => suspendedJob(name)) as [V1Job, V1Job, V1Job];
    await scene.follow([a, b, c], { bail: 1, maxWorkers: 2 });
    scene.cluster.pod(podOf(b, running()));
    await scene.end(a, 1);
    await scene.end(b);
    const report = await scene.report;
    expect(report?.suites.map(({ key, verdict }) => [key, verdict])).toEqual([['a', 'failed'], ['b', 'passed'], ['c', 'skipped']]);
    expect(report?.suites[2]?.message).toBe('It was not started, as a did not pass (--bail 1).');
    expect(report?.exitCode).toBe(1);
    expect(scene.released).toEqual(['a', 'b']);
  });

  test('counts as many failed suites as it says, and works with Jobs that start by themselves', async () => {
    const scene = new Scene();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => jobOf(contractOf(name))) as [V1Job, V1Job, V1Job];
    await scene.follow([a, b, c], { bail: 2 }, 'all');
    await scene.end(a, 1);
    expect(scene.told.some((line) => line.includes('skipped'))).toBe(false);
    await scene.end(b, 1);
    expect((await scene.report)?.suites[2]).toMatchObject({ verdict: 'skipped', message: 'It was not started, as a, b did not pass (--bail 2).' });
  });
});

describe('the API server', () => {
  test('that denies the right to patch Jobs ends the run at once, in its words', async () => {
    const scene = new Scene();
    const denied = new KubesuiteError('CLUSTER_DENIED', 'User "u" cannot patch resource "jobs"');
    scene.cluster.releaseJob = async () => {
      throw denied;
    };
    await scene.follow([suspendedJob('a')]);
    await expect(scene.report).rejects.toBe(denied);
  });

  test('that is away for a moment is asked again, and is an error when it stays away', async () => {
    const scene = new Scene();
    const away = new KubesuiteError('CLUSTER_UNREACHABLE', 'connection refused');
    const { cluster } = scene;
    const release = cluster.releaseJob.bind(cluster);
    const isAway = { now: true };
    cluster.releaseJob = async (...args) => {
      if (isAway.now) throw away;
      await release(...args);
    };
    await scene.follow([suspendedJob('a'), suspendedJob('b', { needs: ['a'] })]);
    await scene.clock.advance(50_000, 1000);
    isAway.now = false;
    await scene.clock.advance(3000);
    expect(scene.released).toEqual(['a']);
    isAway.now = true;
    await scene.end(suspendedJob('a'));
    await scene.clock.advance(305_000, 1000);
    await expect(scene.report).rejects.toBe(away);
  });
});

describe('Ctrl+C', () => {
  const suites = Array.from({ length: 40 }, (_, index) => suspendedJob(`s${index}`));

  test('starts no more Jobs', async () => {
    const scene = new Scene();
    const abort = new AbortController();
    const release = scene.cluster.releaseJob.bind(scene.cluster);
    scene.cluster.releaseJob = async (...args) => {
      abort.abort('SIGINT');
      await release(...args);
    };
    await scene.follow(suites, { signal: abort.signal });
    expect(await scene.report).toMatchObject({ exitCode: 130 });
    expect(scene.released.length).toBeLessThanOrEqual(8);
  });

  test('does not wait for an API server that is asked to start one', async () => {
    const scene = new Scene();
    const abort = new AbortController();
    scene.cluster.releaseJob = async () => new Promise(() => {});
    await scene.follow(suites, { signal: abort.signal });
    abort.abort('SIGINT');
    await scene.clock.advance(1000);
    expect(await scene.report).toMatchObject({ exitCode: 130 });
  });
});

test('a failed start is not followed by others at once', async () => {
  const scene = new Scene();
  const asked: string[] = [];
  scene.cluster.releaseJob = async (_namespace, { name }) => {
    asked.push(name);
    throw new KubesuiteError('CLUSTER_UNREACHABLE', 'connection refused');
  };
  await scene.follow(Array.from({ length: 40 }, (_, index) => suspendedJob(`s${index}`)));
  expect(asked).toHaveLength(8);
});
