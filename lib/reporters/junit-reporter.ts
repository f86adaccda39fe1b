import type { RunFolder } from '../ports/files.ts';
import type { RunReport } from '../run/report.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { renderJunit } from './render/junit.ts';
import type { Reporter } from './reporter.ts';

/** Merges all suites into one JUnit file, which every CI system reads. */
export class JunitReporter implements Reporter {
  readonly medium = 'file';
  readonly #folder: RunFolder;

  constructor({ folder }: { readonly folder: RunFolder }) {
    this.#folder = folder;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    await this.#folder.write(runFiles.junit, renderJunit(report));
  }
}
