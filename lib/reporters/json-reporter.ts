import type { RunFolder } from '../ports/files.ts';
import type { RunReport } from '../run/report.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { renderReportJson } from './render/report-json.ts';
import type { Reporter } from './reporter.ts';

/** Writes the report for programs. */
export class JsonReporter implements Reporter {
  readonly medium = 'report';
  readonly #folder: RunFolder;

  constructor({ folder }: { readonly folder: RunFolder }) {
    this.#folder = folder;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    await this.#folder.write(runFiles.report, renderReportJson(report));
  }
}
