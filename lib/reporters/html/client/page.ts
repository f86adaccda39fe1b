import type { PageText } from '../page-data.ts';
import type { RunReport, SuiteReport } from '../../../run/report.ts';
import { fromHash, toHash, type ViewState } from '../view/address.ts';
import type { TimeSpan } from '../view/timeline.ts';

/** What all parts of the page share. */
export interface Page {
  readonly report: RunReport;
  readonly suites: ReadonlyMap<string, SuiteReport>;
  readonly texts: ReadonlyMap<string, PageText>;
  readonly span: TimeSpan;
}

export function currentView(): ViewState {
  return fromHash(location.hash);
}

/** Another suite is another page for the back button; what is typed is not. */
export function show(change: Partial<ViewState>): void {
  const hash = toHash({ ...currentView(), ...change });
  if (hash === location.hash || (hash === '#' && location.hash === '')) return;
  if (change.suite === undefined) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
