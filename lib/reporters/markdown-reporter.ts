import type { RunFolder } from '../ports/files.ts';
import type { RunReport } from '../run/report.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { renderMarkdown } from './render/markdown/report.ts';
import type { Reporter } from './reporter.ts';

/** GitLab and GitHub show files and comments only up to a size; this is below all of them but that of comments. */
const maxBytes = 512 * 1024;

/** Writes the report for a wiki, a chat or a pull request. */
export class MarkdownReporter implements Reporter {
  readonly medium = 'file';
  readonly #folder: RunFolder;

  constructor({ folder }: { readonly folder: RunFolder }) {
    this.#folder = folder;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    await this.#folder.write(runFiles.markdown, renderMarkdown(report, { maxBytes }));
  }
}
