import type { RunFolder } from '../ports/files.ts';
import type { Screen } from '../ports/screen.ts';

/** What reporters may touch; they know neither process nor file system nor clock. */
export interface ReporterDeps {
  readonly screen: Screen;
  readonly folder: RunFolder;
  readonly now: () => Date;
}
