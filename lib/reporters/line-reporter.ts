import type { PlannedSuite, RunInfo } from '../run/events.ts';
import type { RunReport, SuiteReport } from '../run/report.ts';
import { type SuiteColumns, suiteColumns } from './render/columns.ts';
import { renderCompactFailures, renderCompactSummary } from './render/compact.ts';
import { renderError } from './render/error.ts';
import { sanitizeDeep } from './render/sanitize.ts';
import { type Style, createStyle } from './render/style.ts';
import { renderEndedLine } from './render/suite-line.ts';
import type { ReporterDeps } from './reporter-deps.ts';
import type { Reporter, SerializedError } from './reporter.ts';

/** Logs have no edge. */
const logColumns = 200;

/** A line for each suite that ended, its failures below it, and a line for the run. */
export class LineReporter implements Reporter {
  readonly medium = 'screen';
  readonly #write: (text: string) => void;
  readonly #style: Style;
  #columns: SuiteColumns = suiteColumns([], logColumns);

  constructor({ screen }: Pick<ReporterDeps, 'screen'>) {
    this.#write = (text) => screen.write(text);
    this.#style = createStyle(screen);
  }

  onTestRunStart(_run: RunInfo, suites: readonly PlannedSuite[]): void {
    this.#columns = suiteColumns(sanitizeDeep(suites).map(({ key, contract }) => ({ key, type: contract.type })), logColumns);
  }

  onTestSuiteEnd(suite: SuiteReport): void {
    const safe = sanitizeDeep(suite);
    const lines = [renderEndedLine(safe, this.#columns, this.#style, logColumns), ...renderCompactFailures(safe, this.#style)];
    this.#write(lines.map((line) => `${line}\n`).join(''));
  }

  onError(error: SerializedError): void {
    this.#write(renderError(sanitizeDeep(error), this.#style));
  }

  onTestRunEnd(report: RunReport): void {
    this.#write(`${renderCompactSummary(sanitizeDeep(report), this.#style)}\n`);
  }
}
