import type { RunReport } from '../../run/report.ts';

/** What a page of the report is made of, as plain JSON in the page itself. */
export interface PageData {
  readonly report: RunReport;
  readonly texts: readonly PageText[];
}

/** A text file of the run folder, so that the page stands alone. */
export interface PageText {
  /** Relative to the run folder. */
  readonly path: string;
  /** Its end. */
  readonly text: string;
  /** How much of its beginning is left out. */
  readonly omittedBytes: number;
}
