import type { RunFolder } from '../ports/files.ts';
import type { GithubJob } from '../ports/github-job.ts';
import type { Screen } from '../ports/screen.ts';

/** What a reporter may touch, given to its constructor or factory: with these it can be tested without a terminal, a disk or a clock. */
export interface ReporterDeps {
  /** Standard output. Text of suites goes through `sanitize` before it is written there. */
  readonly screen: Screen;
  /** Folder of the run. */
  readonly folder: RunFolder;
  /** Working directory of the command: paths for people and CI systems are relative to it. */
  readonly cwd: string;
  /** The time; on a replay it is not that of the run. */
  readonly now: () => Date;
}

/** What the reporters of kubesuite get beside that. */
export interface BuiltInReporterDeps extends ReporterDeps {
  readonly github: GithubJob;
  /** Path of what another reporter writes for a browser. */
  readonly page?: string | undefined;
}
