import { relative } from 'node:path';
import type { RunFolder } from '../ports/files.ts';
import type { RunReport } from '../run/report.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { renderJunit } from './render/junit.ts';
import type { ReporterDeps } from './reporter-deps.ts';
import type { Reporter } from './reporter.ts';

/** Merges all suites into one JUnit file, which every CI system reads. */
export class JunitReporter implements Reporter {
  readonly medium = 'file';
  readonly #folder: RunFolder;
  readonly #cwd: string;

  constructor({ folder, cwd }: Pick<ReporterDeps, 'folder' | 'cwd'>) {
    this.#folder = folder;
    this.#cwd = cwd;
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    await this.#folder.write(runFiles.junit, renderJunit(report, { root: relative(this.#cwd, this.#folder.root) }));
  }
}
