import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { RunFolder } from '../ports/files.ts';
import { containerNames } from '../constructs/names.ts';
import type { CollectedFile, ErrorCause, EvidenceCollected, LogCollected, PlannedSuite, ResultsOutcome, RunEvent } from './events.ts';
import type { PodSnapshot } from './observed.ts';
import { KubesuiteError } from '../errors.ts';
import { contactGraceSeconds } from './grace.ts';
import { LogBeginnings } from './log-beginnings.ts';
import { logTail } from './log-tail.ts';
import { attemptFolder } from './run-folder-layout.ts';
import { unpackArchive, type ArchiveEntry } from './results/archive.ts';
import { findLost } from './results/find-lost.ts';
import { createFrameDecoder, type Frame, type FrameLimits, type RefusalCode } from './results/frame.ts';
import { parseResultFiles, parseResultText } from './results/parse-results.ts';
import { sanitizeLine } from './results/sanitize.ts';
import { checkFrame } from './results/termination-message.ts';

export interface AttemptCollectorOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly folder: RunFolder;
  readonly namespace: string;
}

export interface Attempt {
  readonly planned: PlannedSuite;
  readonly pod: PodSnapshot;
  /** 1 … n. */
  readonly number: number;
  /** The pod as it is known now. */
  readonly latest: () => PodSnapshot;
}

type Emit = (event: RunEvent) => Promise<void>;

/** Twice the grace period of the pod, in which the collector packs and prints; then the kubelet ends it. */
const frameDeadlineMs = 60_000;
/** A kubelet that restarts comes back within this time. */
const logDeadlineMs = 120_000;
/** What exists is not lost because an API server is away for a while; the runner gives up half a minute before that. */
const unansweredDeadlineMs = (contactGraceSeconds + 30) * 1000;
const firstPollMs = 50;
const slowestPollMs = 800;

const cutLog = 'The beginning of the log is gone, and the results in it: the kubelet keeps the newest 10 MiB of a log, unless it is told otherwise.';

/** Why there is no log: in the words of the API server, which name a missing right. */
interface Unread {
  readonly cause: 'log-denied' | 'log-unavailable';
  readonly message: string;
}

/** Fetches the log and the results of a suite container that has ended. */
export class AttemptCollector {
  readonly #options: AttemptCollectorOptions;
  readonly #beginnings: LogBeginnings;

  constructor(options: AttemptCollectorOptions) {
    this.#options = options;
    this.#beginnings = new LogBeginnings(options);
  }

  /** To be called while the suite runs: of a log that holds results, the beginning must still be there at its end. */
  async attend({ contract }: PlannedSuite, pod: PodSnapshot, isRunning: () => boolean, signal: AbortSignal): Promise<void> {
    if (contract.results.from === 'stdout') await this.#beginnings.watch(pod, isRunning, signal);
  }

  async collect(attempt: Attempt, signal: AbortSignal, emit: Emit): Promise<void> {
    const results = attempt.planned.contract.results;
    const [log, frame] = await Promise.all([
      this.#readLog(attempt, signal),
      results.from === 'files' ? this.#collectFiles(attempt, results, signal) : undefined,
    ]);
    if (signal.aborted) return;
    if (typeof log === 'string') await emit(await this.#store(attempt, log));
    else if (results.from !== 'stdout') await emit(this.#noteUnread(attempt, log));
    const outcome = frame ?? (await this.#fromLog(attempt, log, signal));
    await emit({ type: 'results-collected', at: this.#now(), suite: attempt.planned.key, pod: attempt.pod.name, outcome });
  }

  /** What the suite has printed so far; for a run that is interrupted. */
  async saveLog(attempt: Attempt): Promise<LogCollected> {
    return this.#store(attempt, await this.#fetch(attempt, containerNames.suite));
  }

  async #readLog(attempt: Attempt, signal: AbortSignal): Promise<string | Unread> {
    const { answer, failure } = await this.#poll(attempt, logDeadlineMs, signal, async () => this.#fetch(attempt, containerNames.suite));
    return answer ?? toUnread(failure);
  }

  async #collectFiles(attempt: Attempt, { maxBytes }: FrameLimits, signal: AbortSignal): Promise<ResultsOutcome> {
    let last: Frame | undefined;
    let wasOver = false;
    const { answer, failure } = await this.#poll(attempt, frameDeadlineMs, signal, async () => {
      const { collector, gone } = attempt.latest();
      const isOver = collector?.state === 'terminated' || gone;
      const frame = await this.#followFrame(attempt, { maxBytes, pod: attempt.pod.uid }, signal);
      const decoded = collector?.state === 'terminated' ? checkFrame(frame, collector.message) : frame;
      last = decoded;
      const canChange = !decoded.ok && (decoded.problem === 'missing' || decoded.problem === 'incomplete');
      if (!canChange || (isOver && wasOver)) return decoded;
      wasOver = isOver;
      return undefined;
    });
    const frame = answer ?? last;
    if (frame === undefined || isDenied(failure)) return { ok: false, ...toUnread(failure), files: [] };
    return this.#unpack(attempt, frame);
  }

  /** The collector prints when the kubelet tells it to: waiting in its log costs nothing, asking again and again does. */
  async #followFrame({ pod }: Attempt, limits: FrameLimits, signal: AbortSignal): Promise<Frame> {
    const { cluster, clock, namespace } = this.#options;
    const decoder = createFrameDecoder(limits);
    const over = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    void clock.sleep(frameDeadlineMs, until).then(() => over.abort());
    try {
      for await (const text of cluster.followLog({ namespace, pod: pod.name, container: containerNames.collector }, until)) {
        decoder.push(text);
        if (decoder.ended) break;
      }
    } finally {
      over.abort();
    }
    decoder.push('\n');
    return decoder.result();
  }

  async #unpack(attempt: Attempt, frame: Frame): Promise<ResultsOutcome> {
    const { results } = attempt.planned.contract;
    const unpacked = frame.archive === undefined ? undefined : await unpackArchive(frame.archive);
    const entries = unpacked?.entries ?? [];
    const files = await this.#storeFiles(attempt, entries);
    if (!frame.ok) return { ok: false, cause: toCause(frame), message: frame.message, files };
    const lost = results.from === 'files' ? findLost(unpacked?.skipped ?? [], entries, results.files) : undefined;
    if (lost !== undefined) return { ok: false, cause: 'results-invalid', message: `${sanitizeLine(lost.path, 200)} was not unpacked: ${lost.reason}.`, files };
    if (unpacked?.ok === false) return { ok: false, cause: 'results-invalid', message: unpacked.message, files };
    const collected = { files, ...(frame.packedAt !== undefined && { collectedAt: frame.packedAt }) };
    return results.from === 'files' ? { ...parseResultFiles(results, entries), ...collected } : { ok: true, tests: [], ...collected };
  }

  async #fromLog(attempt: Attempt, log: string | Unread, signal: AbortSignal): Promise<ResultsOutcome> {
    const { results } = attempt.planned.contract;
    if (results.from === 'exit-code') return { ok: true, tests: [], files: [] };
    if (typeof log !== 'string') return { ok: false, ...log, files: [] };
    if (results.from !== 'stdout') return { ok: true, tests: [], files: [] };
    const { answer: isCut, failure } = await this.#poll(attempt, logDeadlineMs, signal, async () => this.#beginnings.isCut(attempt.pod));
    if (isCut === undefined) return { ok: false, ...toUnread(failure), files: [] };
    return isCut ? { ok: false, cause: 'results-truncated', message: cutLog, files: [] } : { ...parseResultText(results.format, log), files: [] };
  }

  async #store({ planned, pod, number }: Attempt, log: string): Promise<LogCollected> {
    const path = `${attemptFolder(planned.key, number)}/log.txt`;
    await this.#options.folder.write(path, log);
    return { type: 'log-collected', at: this.#now(), suite: planned.key, pod: pod.name, path, bytes: Buffer.byteLength(log), tail: logTail(log) };
  }

  /** Results from elsewhere judge the suite all the same. */
  #noteUnread({ planned, pod }: Attempt, { message }: Unread): EvidenceCollected {
    return { type: 'evidence-collected', at: this.#now(), suite: planned.key, pod: pod.name, attachment: { kind: 'log', title: `log of pod ${pod.name}`, note: message }, bytes: 0 };
  }

  async #storeFiles({ planned, number }: Attempt, entries: readonly ArchiveEntry[]): Promise<readonly CollectedFile[]> {
    const folder = `${attemptFolder(planned.key, number)}/files`;
    for (const { path, bytes } of entries) await this.#options.folder.write(`${folder}/${path}`, bytes);
    return entries.map(({ path, bytes }) => ({ path, bytes: bytes.length }));
  }

  async #fetch({ pod }: Attempt, container: string): Promise<string> {
    const { cluster, namespace } = this.#options;
    return cluster.readLog({ namespace, pod: pod.name, container });
  }

  /** Asks again, ever slower, until there is an answer, a refusal, no pod any more, or the time is over. */
  async #poll<T>(attempt: Attempt, deadlineMs: number, signal: AbortSignal, ask: () => Promise<T | undefined>): Promise<{ answer?: T; failure?: unknown }> {
    const { clock } = this.#options;
    const started = clock.now().getTime();
    let failure: unknown;
    for (let pause = firstPollMs; !signal.aborted; pause = Math.min(pause * 2, slowestPollMs)) {
      const { gone, reason } = attempt.latest();
      // The kubelet removes the containers of a pod that it evicts, and their logs.
      const isLost = gone || reason === 'Evicted';
      try {
        const answer = await ask();
        failure = undefined;
        if (answer !== undefined) return { answer };
      } catch (error) {
        failure = error;
      }
      const patienceMs = isUnanswered(failure) ? unansweredDeadlineMs : deadlineMs;
      if (isDenied(failure) || (isLost && failure !== undefined && !isUnanswered(failure)) || clock.now().getTime() - started > patienceMs) return { failure };
      await clock.sleep(pause, signal);
    }
    return { failure };
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}

function toUnread(failure: unknown): Unread {
  const said = failure instanceof Error ? sanitizeLine(failure.message, 500) : 'nothing was answered.';
  if (isDenied(failure)) return { cause: 'log-denied', message: `the log may not be read without the right to get pods/log. ${said}` };
  return { cause: 'log-unavailable', message: `the log could not be read. ${said}` };
}

function isUnanswered(failure: unknown): boolean {
  return failure instanceof KubesuiteError && failure.code === 'CLUSTER_UNREACHABLE';
}

/** No later answer would be another one. */
function isDenied(failure: unknown): boolean {
  return failure instanceof KubesuiteError && failure.code === 'CLUSTER_DENIED';
}

type FrameCause = Extract<ErrorCause, `results-${string}` | 'collector-failed'>;

function toCause(frame: Extract<Frame, { ok: false }>): FrameCause {
  switch (frame.problem) {
    case 'missing':
      return 'results-missing';
    case 'incomplete':
    case 'truncated':
      return 'results-truncated';
    case 'corrupt':
      return 'results-invalid';
    case 'refused':
      return toRefusalCause(frame.code);
  }
}

function toRefusalCause(code: RefusalCode | undefined): FrameCause {
  if (code === 'too-large') return 'results-too-large';
  if (code === 'missing-tool' || code === 'unwritable') return 'collector-failed';
  return code === 'unreadable' ? 'results-truncated' : 'results-missing';
}
