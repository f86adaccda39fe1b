import type { V1Job } from '@kubernetes/client-node';
import { Narrator } from '../../lib/reporters/narrator.ts';
import type { Reporter } from '../../lib/reporters/reporter.ts';
import { AttemptCollector } from '../../lib/run/attempt-collector.ts';
import { discoverRelease } from '../../lib/run/discover-release.ts';
import { EvidenceCollector } from '../../lib/run/evidence/evidence-collector.ts';
import type { RunReport } from '../../lib/run/report.ts';
import { followRelease, type RunObserver } from '../../lib/run/runner.ts';
import { toRunReport } from '../../lib/run/to-report.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeCluster } from './fake-cluster.ts';
import { MemoryFolder } from './memory-folder.ts';

export const tapPass = 'TAP version 13\n1..1\nok 1 - works\n';
export const tapFail = 'TAP version 13\n1..2\nok 1 - works\nnot ok 2 - breaks\n';

/** Everything that a reporter is told, one line each. */
function transcriber(lines: string[]): Reporter {
  return {
    onTestRunStart: (_run, suites) => void lines.push(`run start: ${suites.map(({ key }) => key).join(' ')}`),
    onTestSuiteQueued: ({ key }) => void lines.push(`  ${key} queued`),
    onTestSuiteStart: ({ key, attempt }) => void lines.push(`  ${key} started, attempt ${attempt}`),
    onTestSuiteEnd: ({ key, verdict, cause, message }) => void lines.push(`  ${key} ${verdict}${cause ? ` (${cause})` : ''}: ${message}`),
    onTestRunEnd: ({ exitCode }, reason) => void lines.push(`run end: ${reason}, exit code ${exitCode}`),
  };
}

/** A run of a fake release, whose cluster and clock a test moves by hand. */
export class Scene {
  readonly cluster = new FakeCluster();
  readonly clock = new FakeClock();
  readonly folder = new MemoryFolder();
  readonly transcript: string[] = [];
  readonly #abort = new AbortController();

  /** Jobs that are `gone` were installed, but are not there any more. */
  async follow(jobs: readonly V1Job[], gone: readonly V1Job[] = []): Promise<Promise<RunReport>> {
    this.cluster.install('shop', [...jobs, ...gone]);
    for (const { metadata } of gone) this.cluster.jobs.delete(metadata?.name ?? '');
    const release = await discoverRelease(this.cluster, this.clock, 'shop', 'ns');
    const narrator = new Narrator(transcriber(this.transcript));
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
    const { cluster, clock, folder } = this;
    const collector = new AttemptCollector({ cluster, clock, folder, namespace: 'ns' });
    const evidence = new EvidenceCollector({ cluster, clock, folder, namespace: 'ns' });
    return followRelease({ release, cluster, clock, collector, evidence, observer, signal: this.#abort.signal }).then(toRunReport);
  }

  interrupt(): void {
    this.#abort.abort('SIGINT');
  }
}

/** Wraps the promise, which `await` would otherwise wait for. */
export async function start(scene: Scene, jobs: readonly V1Job[], gone: readonly V1Job[] = []): Promise<{ report: Promise<RunReport> }> {
  const report = scene.follow(jobs, gone).then(async (inner) => inner);
  await scene.clock.settle();
  return { report };
}
