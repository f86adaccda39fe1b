import type { CoreV1Event } from '@kubernetes/client-node';
import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { RunFolder } from '../../ports/files.ts';
import type { Attachment, EvidenceCollected } from '../events.ts';
import { attemptFolder, suiteFolder } from '../run-folder-layout.ts';
import type { SuiteState } from '../run-state.ts';
import { toJson, type Piece } from './piece.ts';
import type { SeenObjects } from './seen-objects.ts';
import { readService } from './service-evidence.ts';
import { eventsWithin, windowOf, type TimeWindow } from './time-window.ts';

export interface EvidenceCollectorOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly folder: RunFolder;
  readonly namespace: string;
}

type Emit = (event: EvidenceCollected) => Promise<void>;

const readDeadlineMs = 10_000;
/** Of suites whose services are read at the same time. */
const mostAtOnce = 4;
const explained: ReadonlySet<string | undefined> = new Set(['failed', 'timedout', 'error', 'flaky']);

/** Saves what explains why a suite is not green, while it is still there. It never changes a verdict. */
export class EvidenceCollector {
  readonly #options: EvidenceCollectorOptions;
  readonly #lanes: Promise<void>[] = Array.from({ length: mostAtOnce }, () => Promise.resolve());
  #next = 0;

  constructor(options: EvidenceCollectorOptions) {
    this.#options = options;
  }

  /** Whether the suite has ended in a way that wants an explanation. */
  static isWanted({ verdict }: SuiteState): boolean {
    return explained.has(verdict?.verdict);
  }

  /** `signal` ends the asking, not the saving of what is known. */
  async collect(suite: SuiteState, seen: SeenObjects, signal: AbortSignal, emit: Emit): Promise<void> {
    const window = windowOf(suite, this.#options.clock.now());
    const lane = this.#next++ % mostAtOnce;
    const before = this.#lanes[lane];
    const turn = async (): Promise<void> => {
      await before;
      for await (const piece of this.#askForServices(suite, window, signal)) await this.#save(piece, suite, emit);
      // Last, so that Events about the end of the suite have come meanwhile.
      for (const piece of seenPieces(suite, window, seen)) await this.#save(piece, suite, emit);
    };
    const done = turn();
    this.#lanes[lane] = done.catch(() => undefined);
    await done;
  }

  async *#askForServices(suite: SuiteState, window: TimeWindow, signal: AbortSignal): AsyncIterable<Piece> {
    const { key, contract } = suite.planned;
    const hasStarted = suite.attempts.some(({ pod }) => pod.suite.startedAt !== undefined || pod.guard?.state === 'terminated');
    if (!hasStarted) return;
    const { cluster, namespace } = this.#options;
    const within = async <T>(question: Promise<T>): Promise<T> => this.#within(question, signal);
    for (const service of contract.services ?? []) {
      yield* readService({ cluster, service, namespace, window, folder: `${suiteFolder(key)}/services/${service.name}`, within });
    }
  }

  async #within<T>(question: Promise<T>, signal: AbortSignal): Promise<T> {
    const answered = new AbortController();
    const silence = async (): Promise<never> => {
      await this.#options.clock.sleep(readDeadlineMs, AbortSignal.any([signal, answered.signal]));
      throw new Error(signal.aborted ? 'the run ended before' : `no answer within ${readDeadlineMs / 1000} s`);
    };
    question.catch(() => {});
    try {
      return await Promise.race([question, silence()]);
    } finally {
      answered.abort();
    }
  }

  async #save({ content, pod, ...attachment }: Piece, { planned }: SuiteState, emit: Emit): Promise<void> {
    const { clock, folder } = this.#options;
    if (content !== undefined && attachment.path !== undefined) await folder.write(attachment.path, content);
    const about: Attachment = attachment;
    await emit({ type: 'evidence-collected', at: clock.now().toISOString(), suite: planned.key, ...(pod !== undefined && { pod }), attachment: about, bytes: Buffer.byteLength(content ?? '') });
  }
}

/** Job, pods and Events need no asking: the run has watched them. */
function* seenPieces({ planned, attempts }: SuiteState, window: TimeWindow, seen: SeenObjects): Iterable<Piece> {
  const { key } = planned;
  const job = seen.job(planned.job);
  if (job !== undefined) yield { kind: 'job', title: `Job ${planned.job}`, path: `${suiteFolder(key)}/job.json`, content: toJson(job) };
  yield* eventsPiece('events of the namespace', `${suiteFolder(key)}/events.json`, eventsWithin(seen.events, window));
  for (const [index, { pod }] of attempts.entries()) {
    const folder = attemptFolder(key, index + 1);
    const object = seen.pod(pod.name);
    if (object !== undefined) yield { kind: 'pod', pod: pod.name, title: `Pod ${pod.name}`, path: `${folder}/pod.json`, content: toJson(object) };
    const about = eventsWithin(seen.events, { ...window, from: 0 }).filter(({ involvedObject }) => involvedObject.kind === 'Pod' && involvedObject.name === pod.name);
    for (const piece of eventsPiece(`events of pod ${pod.name}`, `${folder}/events.json`, about)) yield { ...piece, pod: pod.name };
  }
}

function* eventsPiece(title: string, path: string, events: readonly CoreV1Event[]): Iterable<Piece> {
  if (events.length > 0) yield { kind: 'events', title, path, content: toJson(events) };
}
