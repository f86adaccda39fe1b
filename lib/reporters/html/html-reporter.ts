import type { RunFolder } from '../../ports/files.ts';
import type { RunReport } from '../../run/report.ts';
import { runFiles } from '../../run/run-folder-layout.ts';
import type { Reporter } from '../reporter.ts';
import { boundReport } from './bound-report.ts';
import { collectTexts } from './collect-texts.ts';
import { renderPage } from './render-page.ts';

/** Writes the report for people: one page that needs neither server nor network. */
export class HtmlReporter implements Reporter {
  readonly medium = 'file';
  readonly #folder: RunFolder;

  constructor({ folder }: { readonly folder: RunFolder }) {
    this.#folder = folder;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    const texts = await collectTexts(report, this.#folder);
    await this.#folder.write(runFiles.html, await renderPage({ report: boundReport(report), texts }));
  }
}
