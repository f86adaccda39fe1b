import type { GithubJob } from '../ports/github-job.ts';
import type { RunReport } from '../run/report.ts';
import { renderAnnotations } from './render/github/annotations.ts';
import { renderMarkdown } from './render/markdown/report.ts';
import { sanitizeDeep } from './render/sanitize.ts';
import type { BuiltInReporterDeps } from './reporter-deps.ts';
import type { Reporter } from './reporter.ts';

/** Without room for that much a summary says nothing. */
const leastBytes = 4096;

/** Annotations, grouped logs and the summary of the step in GitHub Actions. */
export class GithubReporter implements Reporter {
  readonly medium = 'screen';
  readonly #write: (text: string) => void;
  readonly #job: GithubJob;

  constructor({ screen, github }: Pick<BuiltInReporterDeps, 'screen' | 'github'>) {
    this.#write = (text) => screen.write(text);
    this.#job = github;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    this.#write(renderAnnotations(sanitizeDeep(report), (path) => this.#job.findSource(path)));
    const room = await this.#job.summaryRoom();
    if (room > leastBytes) await this.#job.appendSummary(renderMarkdown(report, { maxBytes: room }));
  }
}
