import type { SuiteProgress } from '../../../lib/run/progress.ts';
import type { RunReport, SuiteReport } from '../../../lib/run/report.ts';
import { Multiplexer } from '../../../lib/reporters/multiplexer.ts';
import { builtInReporters, type ReporterName } from '../../../lib/reporters/registry.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeGithubJob } from '../../support/fake-github-job.ts';
import { FakeScreen } from '../../support/fake-screen.ts';
import { MemoryFolder } from '../../support/memory-folder.ts';
import { at, plannedSuite } from './reports.ts';

export interface Played {
  readonly screen: FakeScreen;
  readonly folder: MemoryFolder;
  readonly github: FakeGithubJob;
  readonly reporters: Multiplexer;
  /** Sets the time of the run, in seconds after its start. */
  readonly setTime: (seconds: number) => void;
}

export function createPlayed(names: readonly ReporterName[], screen = new FakeScreen()): Played {
  const folder = new MemoryFolder();
  const github = new FakeGithubJob();
  let now = at(0);
  const reporters = new Multiplexer(names.map((name) => ({ name, reporter: builtInReporters[name].create({ screen, folder, cwd: '', now: () => now, github }) })), new FakeClock());
  return {
    screen,
    folder,
    github,
    reporters,
    setTime: (seconds) => {
      now = at(seconds);
    },
  };
}

/** Tells a whole run: every suite is queued, runs and ends, one second apart. */
export async function playRun(report: RunReport, played: Played): Promise<void> {
  const { reporters, setTime } = played;
  setTime(0);
  await reporters.onTestRunStart(report.run, report.suites.map(({ key, type }) => plannedSuite(key, type)));
  let second = 0;
  for (const suite of report.suites) {
    setTime(++second);
    await reporters.onTestSuiteQueued(progressOf(suite, { phase: 'queued' }));
  }
  for (const suite of report.suites) {
    setTime(++second);
    if (suite.startedAt !== undefined) await reporters.onTestSuiteStart(progressOf(suite, { phase: 'running' }));
    setTime(++second);
    await reporters.onTestSuiteEnd(suite);
  }
  await reporters.onTestRunEnd(report, report.verdict === 'passed' ? 'passed' : 'failed');
}

export function progressOf({ key, type }: Pick<SuiteReport, 'key' | 'type'>, progress: Partial<SuiteProgress> = {}): SuiteProgress {
  return { key, type, phase: 'running', attempt: 1, detail: '', ...progress };
}

/** What the default reporter prints for a run where nobody redraws. */
export async function printRun(report: RunReport, screen = new FakeScreen()): Promise<string> {
  const played = createPlayed(['default'], screen);
  await playRun(report, played);
  return screen.text;
}

