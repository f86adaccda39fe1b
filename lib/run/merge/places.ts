import { KubesuiteError } from '../../errors.ts';
import type { RunEvent, RunStarted } from '../events.ts';
import type { RunReport } from '../report.ts';
import { emptyRun, reduceRun } from '../run-state.ts';
import { toRunReport } from '../to-report.ts';

/** A run to merge. */
export interface MergeSource {
  /** What messages call it. */
  readonly name: string;
  /** Goes before the keys of its suites, so that they cannot meet those of other runs. */
  readonly label?: string;
  readonly events: readonly RunEvent[];
}

export interface Source extends MergeSource {
  readonly index: number;
  readonly started: RunStarted;
  readonly endedAt: string;
  readonly report: RunReport;
}

/** One place of a suite in the merged run: attempts of earlier runs count before those of its own. */
export interface Place {
  readonly key: string;
  readonly before: number;
  /** `before`, and its own. */
  readonly after: number;
  /** A later run has the same suite. */
  readonly isEarlier: boolean;
}

export function readSource(input: MergeSource, index: number): Source {
  const [started] = input.events;
  if (started?.type !== 'run-started') throw new KubesuiteError('EVENT_LOG', `${input.name} does not begin with a 'run-started' event.`);
  const report = toRunReport(input.events.reduce(reduceRun, emptyRun));
  return { ...input, index, started, endedAt: input.events.at(-1)?.at ?? started.at, report };
}

/** Where each suite of each source goes; the sources come in the order of their starts. */
export class Places {
  readonly #places = new Map<string, Place>();

  constructor(sources: readonly Source[]) {
    refuseSame(sources);
    const latest = new Map<string, { readonly source: Source; readonly oldKey: string; readonly place: Place }>();
    for (const source of sources) {
      for (const { key: oldKey, attempts } of source.report.suites) {
        const key = source.label === undefined ? oldKey : `${source.label}.${oldKey}`;
        const earlier = latest.get(key);
        if (earlier !== undefined) {
          refuseOverlap(key, earlier.source, source);
          this.#places.set(idOf(earlier.source, earlier.oldKey), { ...earlier.place, isEarlier: true });
        }
        const before = earlier?.place.after ?? 0;
        const place = { key, before, after: before + attempts.length, isEarlier: false };
        this.#places.set(idOf(source, oldKey), place);
        latest.set(key, { source, oldKey, place });
      }
    }
  }

  of(source: Source, oldKey: string): Place | undefined {
    return this.#places.get(idOf(source, oldKey));
  }
}

const idOf = ({ index }: Source, key: string): string => `${index} ${key}`;

function refuseSame(sources: readonly Source[]): void {
  const seen = new Map<string, Source>();
  for (const source of sources) {
    const { run, suites } = source.started;
    const identity = JSON.stringify([run.id, run.release, run.namespace, suites.map(({ uid }) => uid)]);
    const same = seen.get(identity);
    if (same !== undefined) throw new KubesuiteError('USAGE', `${same.name} and ${source.name} are the same run ${run.id}.`, { hint: 'name each run once' });
    seen.set(identity, source);
  }
}

/** Two runs at the same time are no re-run: perhaps two clusters, or two versions. */
function refuseOverlap(key: string, earlier: Source, later: Source): void {
  if (later.started.at >= earlier.endedAt) return;
  throw new KubesuiteError('USAGE', `Suite '${key}' is in ${earlier.name} and in ${later.name}, which ran at the same time.`, {
    hint: 'give the runs labels that go before the names of their suites: kubesuite merge a=RUN b=RUN',
  });
}
