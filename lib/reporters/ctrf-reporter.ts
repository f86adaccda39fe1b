import type { RunFolder } from '../ports/files.ts';
import type { RunReport } from '../run/report.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { renderCtrf } from './render/ctrf.ts';
import type { Reporter } from './reporter.ts';

/** Writes the report in the Common Test Report Format, which many tools read. */
export class CtrfReporter implements Reporter {
  readonly medium = 'file';
  readonly #folder: RunFolder;

  constructor({ folder }: { readonly folder: RunFolder }) {
    this.#folder = folder;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    await this.#folder.write(runFiles.ctrf, renderCtrf(report));
  }
}
