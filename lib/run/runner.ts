import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { AttemptCollector } from './attempt-collector.ts';
import { ChangeAttribution } from './attribute-change.ts';
import type { DiscoveredRelease } from './discover-release.ts';
import { eventLogVersion, type RunEvent } from './events.ts';
import type { EvidenceCollector } from './evidence/evidence-collector.ts';
import { EvidenceTasks } from './evidence/evidence-tasks.ts';
import type { PodSnapshot } from './observed.ts';
import { GraceWatch, type LostContact } from './grace.ts';
import { LiveTests } from './live-tests.ts';
import type { RunState } from './run-state.ts';
import { Surroundings } from './surroundings.ts';
import { StartControl } from './start-control.ts';
import { untilAborted } from './until-aborted.ts';

export interface RunObserver {
  handle(event: RunEvent): Promise<void>;
  tick(now: Date): Promise<void>;
  readonly state: RunState;
  /** Whether every suite has its final verdict. */
  readonly settled: boolean;
}

export interface FollowOptions {
  readonly release: DiscoveredRelease;
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly collector: AttemptCollector;
  readonly evidence: EvidenceCollector;
  readonly observer: RunObserver;
  /** How long a suite may wait in a queue of Kueue in which nothing moves. @default 3600 */
  readonly queueTimeoutSeconds?: number | undefined;
  /** Failed suites after which no other one starts. @default no limit */
  readonly bail?: number | undefined;
  /** Suites that may be under way at the same time, in a release whose start is controlled. @default no limit */
  readonly maxWorkers?: number | undefined;
  /** Whether somebody watches how many tests have run. @default false */
  readonly liveTests?: boolean | undefined;
  /** Aborts on Ctrl+C; `reason` is the signal's name. */
  readonly signal: AbortSignal;
}

const tickMs = 200;
/** After Ctrl+C, for the logs of what still runs. */
const lastLogsDeadlineMs = 10_000;

/** Follows an installed release until each suite has its verdict, or until `signal` aborts. */
export async function followRelease(options: FollowOptions): Promise<RunState> {
  const { release, clock, observer, signal } = options;
  const at = clock.now().toISOString();
  await observer.handle({ type: 'run-started', version: eventLogVersion, at, run: release.run, suites: release.suites });
  const done = new AbortController();
  const until = AbortSignal.any([signal, done.signal]);
  const follower = new Follower(options, () => done.abort());
  const end = async (): Promise<void> => {
    done.abort();
    await follower.close();
    await observer.handle({ type: 'run-ended', at: clock.now().toISOString() });
  };
  try {
    if (observer.settled) done.abort();
    await Promise.race([follower.failed, Promise.all([follower.watch(until), follower.keepTime(until), follower.startSuites(until)])]);
    if (observer.settled) await Promise.race([follower.failed, follower.evidence.finish()]);
    else if (signal.aborted) await follower.interrupt(String(signal.reason));
  } catch (error) {
    // What is known so far is reported all the same; the suites without a verdict count as interrupted. The first error is the cause of the next.
    await end().catch(() => undefined);
    throw error;
  }
  await end();
  return observer.state;
}

class Follower {
  /** Rejects when results cannot be kept: a full disk must not look like a pass. */
  readonly failed: Promise<never>;
  readonly evidence: EvidenceTasks;
  readonly #fail: (error: unknown) => void;
  readonly #options: FollowOptions;
  readonly #settle: () => void;
  readonly #attribution: ChangeAttribution;
  readonly #grace: GraceWatch;
  readonly #surroundings: Surroundings;
  readonly #start: StartControl;
  readonly #liveTests: LiveTests | undefined;
  readonly #collecting = new Map<string, Promise<void>>();
  readonly #stopCollecting = new AbortController();
  /** Results end a suite, and what is told later no longer counts: so the Jobs and Events of pods that had ended before come first. */
  readonly #listed = Promise.withResolvers<void>();
  #lost: LostContact | undefined;
  #closed = false;
  /** One event at a time, in order: reporters may be slow. */
  #tail: Promise<void> = Promise.resolve();

  constructor(options: FollowOptions, settle: () => void) {
    this.#options = options;
    this.#settle = settle;
    this.#grace = new GraceWatch(options.queueTimeoutSeconds);
    this.#surroundings = new Surroundings(options.cluster, options.clock, options.release.run.namespace);
    this.#start = new StartControl(options);
    const { cluster, clock, release } = options;
    this.#liveTests = options.liveTests === true ? new LiveTests({ cluster, clock, namespace: release.run.namespace }) : undefined;
    this.evidence = new EvidenceTasks(options.evidence, options.clock, async (event) => this.#emit(event));
    const { promise, reject } = Promise.withResolvers<never>();
    this.failed = promise;
    this.#fail = reject;
    this.#attribution = new ChangeAttribution(options.release.suites);
  }

  async watch(signal: AbortSignal): Promise<void> {
    const { cluster, release, clock, observer } = this.#options;
    const changes = cluster.follow({
      namespace: release.run.namespace,
      kinds: ['pods', 'jobs', ...(release.queued ? (['workloads'] as const) : []), ...(release.controlled ? (['resourcequotas'] as const) : []), 'events'],
      labelSelector: release.labelSelector,
      signal,
    });
    for await (const change of changes) {
      if (signal.aborted) return;
      if (change.type === 'listed') {
        this.#listed.resolve();
        // Of a Job that is gone nothing is told: its suite has had its verdict from the start.
        for (const suite of observer.state.suites.values()) this.evidence.start(suite, this.#fail);
        continue;
      }
      if (change.type === 'contact') {
        this.#lost = change.lost === undefined ? undefined : { since: clock.now(), reason: change.lost };
        await this.#emit({ type: 'contact-changed', at: clock.now().toISOString(), ...(change.lost !== undefined && { lost: change.lost }) });
        continue;
      }
      if (change.kind === 'resourcequotas') this.#start.observe(change);
      this.evidence.see(change);
      for (const event of this.#attribution.toEvents(change, clock.now().toISOString())) {
        await this.#emit(await this.#surroundings.explain(event));
        if (event.type !== 'pod-observed') continue;
        this.#attend(event.suite, event.pod, signal);
        this.#collect(event.suite, event.pod);
      }
    }
  }

  async keepTime(signal: AbortSignal): Promise<void> {
    const { clock, observer } = this.#options;
    while (!signal.aborted) {
      await clock.sleep(tickMs, signal);
      if (signal.aborted) return;
      for (const event of this.#grace.expired(observer.state.suites.values(), clock.now(), this.#lost)) {
        const node = observer.state.suites.get(event.suite)?.attempts.at(-1)?.pod.node ?? '';
        await this.#emit(await this.#surroundings.explainExpired(event, node));
      }
      await observer.tick(clock.now());
    }
  }

  /** Once it is known what had started before. */
  async startSuites(signal: AbortSignal): Promise<void> {
    const { clock, observer } = this.#options;
    const stopped = untilAborted(signal);
    await Promise.race([stopped, this.#listed.promise]);
    while (this.#start.isNeeded && !signal.aborted) {
      // Nobody who has pressed Ctrl+C waits for an API server that is asked to start a Job.
      if (this.#lost === undefined) await Promise.race([stopped, this.#start.step(observer.state, signal, async (event) => this.#emit(event))]);
      await clock.sleep(tickMs, signal);
    }
  }

  async interrupt(signalName: string): Promise<void> {
    const { clock, collector, observer } = this.#options;
    await this.#emit({ type: 'run-interrupted', at: clock.now().toISOString(), signal: signalName });
    const running = [...observer.state.suites.values()].flatMap(({ planned, attempts }) => {
      const last = attempts.at(-1);
      if (last?.pod.suite.state !== 'running') return [];
      return [{ planned, pod: last.pod, number: attempts.length, latest: () => last.pod }];
    });
    const logs = Promise.allSettled([
      ...this.#collecting.values(),
      this.evidence.finish(),
      ...running.map(async (attempt) => {
        const log = await collector.saveLog(attempt);
        await this.#emit(log);
      }),
    ]);
    const saved = new AbortController();
    await Promise.race([logs.finally(() => saved.abort()), clock.sleep(lastLogsDeadlineMs, saved.signal)]);
  }

  /** Nothing is told after this. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopCollecting.abort();
    this.evidence.stop();
    await this.#tail.catch(() => undefined);
  }

  #attend(suite: string, pod: PodSnapshot, signal: AbortSignal): void {
    const { collector, observer } = this.#options;
    const planned = observer.state.suites.get(suite)?.planned;
    if (planned === undefined || pod.suite.state !== 'running') return;
    const isRunning = (): boolean => observer.state.suites.get(suite)?.attempts.find((attempt) => attempt.pod.uid === pod.uid)?.pod.suite.state === 'running';
    void collector.attend(planned, pod, isRunning, signal).catch(this.#fail);
    void this.#liveTests?.count(planned, pod, signal, async (event) => this.#emit(event)).catch(this.#fail);
  }

  #collect(suite: string, pod: PodSnapshot): void {
    if (pod.suite.state !== 'terminated' || this.#collecting.has(pod.uid)) return;
    const { collector, observer } = this.#options;
    const state = observer.state.suites.get(suite);
    if (state === undefined) return;
    const find = () => observer.state.suites.get(suite)?.attempts.find((attempt) => attempt.pod.uid === pod.uid);
    const number = 1 + state.attempts.findIndex((attempt) => attempt.pod.uid === pod.uid);
    // A pod of a suite that has its verdict is no attempt.
    if (number === 0) return;
    const attempt = { planned: state.planned, pod, number, latest: () => find()?.pod ?? pod };
    const collected = this.#listed.promise.then(async () => collector.collect(attempt, this.#stopCollecting.signal, (event) => this.#emit(event)));
    this.#collecting.set(pod.uid, collected.catch(this.#fail));
  }

  async #emit(event: RunEvent): Promise<void> {
    const before = this.#tail;
    this.#tail = this.#handle(event, before);
    await this.#tail;
  }

  async #handle(event: RunEvent, before: Promise<void>): Promise<void> {
    const { observer } = this.#options;
    await before;
    if (this.#closed) return;
    await observer.handle(event);
    const suite = 'suite' in event ? observer.state.suites.get(event.suite) : undefined;
    if (suite !== undefined) this.evidence.start(suite, this.#fail);
    if (observer.settled) this.#settle();
  }
}
