import type { V1Condition, V1Job } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { foreignLabels } from '../../lib/constructs/labels.ts';
import type { QueuedWorkload } from '../../lib/ports/cluster.ts';
import { DefaultReporter } from '../../lib/reporters/default/default-reporter.ts';
import { Narrator } from '../../lib/reporters/narrator.ts';
import { ChangeAttribution } from '../../lib/run/attribute-change.ts';
import { discoverRelease } from '../../lib/run/discover-release.ts';
import { eventLogVersion } from '../../lib/run/events.ts';
import { GraceWatch } from '../../lib/run/grace.ts';
import { toProgress } from '../../lib/run/progress.ts';
import type { RunState, SuiteState } from '../../lib/run/run-state.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeCluster } from '../support/fake-cluster.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { contractOf, jobOf, podOf, running } from '../support/kube-objects.ts';
import { MemoryFolder } from '../support/memory-folder.ts';

const noRoom = "couldn't assign flavors to pod set main: insufficient unused quota for pods in flavor default, 1 more needed";
const minute = 60_000;

function queuedJob(name: string, suspend = true): V1Job {
  const job = jobOf(contractOf(name));
  return { ...job, metadata: { ...job.metadata, labels: { ...job.metadata?.labels, [foreignLabels.queue]: 'tests' } }, spec: { suspend, template: {} } };
}

function workloadOf(job: V1Job, conditions: readonly (Pick<V1Condition, 'type' | 'status'> & Partial<V1Condition>)[]): QueuedWorkload {
  return {
    metadata: { name: 'w', uid: `w-${job.metadata?.name ?? ''}`, ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: job.metadata?.name ?? '', uid: job.metadata?.uid ?? '' }] },
    status: { conditions: conditions.map((condition) => ({ reason: '', message: '', lastTransitionTime: new Date(0), ...condition })) },
  };
}

/** A release whose objects a test shows one after the other. */
class Release {
  readonly screen = new FakeScreen({ columns: 200 });
  readonly #narrator: Narrator;
  readonly #attribution: ChangeAttribution;

  private constructor(attribution: ChangeAttribution) {
    this.#attribution = attribution;
    this.#narrator = new Narrator(new DefaultReporter({ screen: this.screen, cwd: '', folder: new MemoryFolder(), now: () => new Date(0) }));
  }

  static async of(...jobs: V1Job[]): Promise<Release> {
    const cluster = new FakeCluster();
    cluster.install('shop', jobs);
    const { run, suites, queued } = await discoverRelease(cluster, new FakeClock(), 'shop', 'ns');
    expect(queued).toBe(true);
    const release = new Release(new ChangeAttribution(suites));
    await release.#narrator.handle({ type: 'run-started', version: eventLogVersion, at: at(0), run, suites });
    for (const object of jobs) await release.show({ kind: 'jobs', type: 'present', object });
    return release;
  }

  async show(change: Parameters<ChangeAttribution['toEvents']>[0]): Promise<void> {
    for (const event of this.#attribution.toEvents(change, at(0))) await this.#narrator.handle(event);
  }

  get state(): RunState {
    return this.#narrator.state;
  }

  suite(key: string): SuiteState {
    const suite = this.state.suites.get(key);
    if (suite === undefined) throw new Error(`${key} is not in the run`);
    return suite;
  }
}

function at(ms: number): string {
  return new Date(ms).toISOString();
}

describe('a suite that a queue holds', () => {
  test('says why in the words of Kueue, once as a line', async () => {
    const job = queuedJob('ping');
    const release = await Release.of(job);
    await release.show({ kind: 'workloads', type: 'present', object: workloadOf(job, [{ type: 'QuotaReserved', status: 'False', message: noRoom }]) });
    expect(toProgress(release.suite('ping'))).toMatchObject({ phase: 'queued', held: true, detail: `The Job waits in queue 'tests' of Kueue: ${noRoom}.` });
    await release.show({ kind: 'workloads', type: 'present', object: workloadOf(job, [{ type: 'QuotaReserved', status: 'False', message: `${noRoom}!` }]) });
    expect(release.screen.text.match(/The Job waits in queue.*/g)).toEqual([`The Job waits in queue 'tests' of Kueue: ${noRoom}`]);
  });

  test('with quota, but without the consent of an admission check, says that', async () => {
    const job = queuedJob('ping');
    const release = await Release.of(job);
    const conditions = [{ type: 'QuotaReserved', status: 'True', message: 'Quota reserved' }, { type: 'Admitted', status: 'False', message: 'The workload has not all checks ready' }];
    await release.show({ kind: 'workloads', type: 'present', object: workloadOf(job, conditions) });
    expect(toProgress(release.suite('ping')).detail).toBe("The Job waits in queue 'tests' of Kueue: The workload has not all checks ready.");
  });

  test('says at least where it waits when Workloads may not be read', async () => {
    const release = await Release.of(queuedJob('ping'));
    expect(toProgress(release.suite('ping'))).toMatchObject({ phase: 'queued', detail: "The Job waits in queue 'tests' of Kueue." });
    expect(toProgress(release.suite('ping')).held).toBeUndefined();
  });

  test('is queued again when Kueue takes its pod away', async () => {
    const job = queuedJob('ping');
    const release = await Release.of(job);
    await release.show({ kind: 'pods', type: 'present', object: podOf(job, running()) });
    await release.show({ kind: 'pods', type: 'deleted', object: podOf(job, running()) });
    expect(toProgress(release.suite('ping')).phase).toBe('queued');
    expect(release.suite('ping').verdict).toBeUndefined();
  });

  test("a Workload of somebody else's Job changes nothing", async () => {
    const release = await Release.of(queuedJob('ping'));
    await release.show({ kind: 'workloads', type: 'present', object: workloadOf(jobOf(contractOf('other')), [{ type: 'QuotaReserved', status: 'False', message: noRoom }]) });
    expect(release.suite('ping').queue).toBeUndefined();
  });
});

describe('the deadline of a queue', () => {
  test("is not the suite's start timeout, but an hour", async () => {
    const release = await Release.of(queuedJob('ping'));
    expect(release.suite('ping').planned.contract.startTimeoutSeconds).toBeLessThan(3600);
    expect(expiries(new GraceWatch(), release.state, 61)).toEqual([[60, "The Job waits in queue 'tests' of Kueue. (waited 3600 s)"]]);
  });

  test('is what the user says', async () => {
    const release = await Release.of(queuedJob('ping'));
    expect(expiries(new GraceWatch(300), release.state, 6)).toEqual([[5, "The Job waits in queue 'tests' of Kueue. (waited 300 s)"]]);
  });

  test('does not count while a suite of the run runs', async () => {
    const worker = queuedJob('worker', false);
    const release = await Release.of(queuedJob('ping'), worker);
    await release.show({ kind: 'pods', type: 'present', object: podOf(worker, running()) });
    const times = expiries(new GraceWatch(30), release.state, 3);
    expect(times.some(([, message]) => message.includes('queue'))).toBe(false);
  });
});

/** Minute and message of each expiry within so many minutes, looked at as often as a runner does. */
function expiries(watch: GraceWatch, state: RunState, minutes: number): readonly (readonly [number, string])[] {
  const found: (readonly [number, string])[] = [];
  for (let ms = 0; ms <= minutes * minute && found.length === 0; ms += 5000) {
    found.push(...watch.expired(state.suites.values(), new Date(ms)).map(({ message }) => [ms / minute, message] as const));
  }
  return found;
}
