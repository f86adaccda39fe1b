import type { Screen } from '../../ports/screen.ts';
import type { PlannedSuite, RunEvent, RunInfo } from '../../run/events.ts';
import type { SuiteProgress } from '../../run/progress.ts';
import type { RunReport, SuiteReport } from '../../run/report.ts';
import { renderError } from '../render/error.ts';
import { renderFailures } from '../render/failures.ts';
import { sanitizeDeep } from '../render/sanitize.ts';
import { type Style, createStyle } from '../render/style.ts';
import { renderSummary } from '../render/summary.ts';
import type { ReporterDeps } from '../reporter-deps.ts';
import type { Reporter, SerializedError } from '../reporter.ts';
import { ContactNotice } from './contact-notice.ts';
import { LinesView } from './lines-view.ts';
import { RunBoard } from './run-board.ts';
import type { RunView } from './run-view.ts';
import { WindowView } from './window-view.ts';

/** For people: a live window on a terminal, lines in a log, and at the end why the run is not green. */
export class DefaultReporter implements Reporter {
  readonly medium = 'screen';
  readonly #deps: ReporterDeps;
  readonly #page: string | undefined;
  readonly #style: Style;
  readonly #view: RunView;
  readonly #contact = new ContactNotice();
  #board: RunBoard | undefined;
  #eventTime: Date | undefined;

  /** `page`: what another reporter makes for a browser. */
  constructor(deps: ReporterDeps & { readonly page?: string | undefined }) {
    this.#deps = deps;
    this.#page = deps.page;
    this.#style = createStyle(deps.screen);
    this.#view = createView(deps.screen, this.#style);
  }

  /** So that a replay tells the times of the run, not its own. */
  onEvent(event: RunEvent): void {
    this.#eventTime = new Date(event.at);
    if (event.type === 'contact-changed') this.#say(this.#contact.change(event));
  }

  onTestRunStart(run: RunInfo, suites: readonly PlannedSuite[]): void {
    this.#board = new RunBoard(sanitizeDeep(run), sanitizeDeep(suites), this.#now());
    this.#view.open(this.#board);
  }

  onTestSuiteQueued(suite: SuiteProgress): void {
    const safe = this.#update(suite);
    this.#view.queued(safe, this.#now());
  }

  onTestSuiteStart(suite: SuiteProgress): void {
    const safe = this.#update(suite);
    this.#view.started(safe, this.#now());
  }

  onTestSuiteProgress(suite: SuiteProgress): void {
    this.#view.changed(this.#update(suite), this.#now());
  }

  onTestSuiteEnd(suite: SuiteReport): void {
    const safe = sanitizeDeep(suite);
    this.#board?.end(safe);
    this.#view.ended(safe, this.#now());
  }

  onTick(now: Date): void {
    this.#view.tick(now);
    this.#say(this.#contact.tick(now));
  }

  onError(error: SerializedError): void {
    this.#view.print(renderError(sanitizeDeep(error), this.#style));
  }

  onTestRunEnd(report: RunReport): void {
    const safe = sanitizeDeep(report);
    const options = { style: this.#style, root: this.#deps.folder.root, page: this.#page };
    this.#view.close();
    this.#view.print(renderFailures(safe, options) + renderSummary(safe, options));
  }

  #update(suite: SuiteProgress): SuiteProgress {
    const safe = sanitizeDeep(suite);
    this.#board?.update(safe);
    return safe;
  }

  #say(text: string | undefined): void {
    if (text !== undefined) this.#view.print(text);
  }

  #now(): Date {
    return this.#eventTime ?? this.#deps.now();
  }
}

function createView(screen: Screen, style: Style): RunView {
  return screen.interactive ? new WindowView(screen, style) : new LinesView(screen, style);
}
