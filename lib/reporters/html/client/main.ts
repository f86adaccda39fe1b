import { selectSuites, type Selected } from '../view/select.ts';
import { spanOf } from '../view/timeline.ts';
import { h } from './element.ts';
import { createFilters } from './filters.ts';
import { createHeader } from './header.ts';
import { listenToKeys } from './keyboard.ts';
import { createOverview } from './overview.ts';
import { currentView, show, type Page } from './page.ts';
import { readData } from './read-data.ts';
import { createSuiteList } from './suite-list.ts';
import { createSuiteView } from './suite-view.ts';
import { applyChosenTheme } from './theme.ts';

// Before the data is read: the page must not show the other colours until then.
applyChosenTheme();
const app = document.getElementById('app') ?? document.body;
const { report, texts } = await readData().catch((error: unknown) => {
  app.append(h('p.none', { role: 'alert' }, `The data of this page cannot be read (${String(error)}). It was cut off, or the browser is older than 2023.`));
  throw error;
});
const page: Page = {
  report,
  suites: new Map(report.suites.map((suite) => [suite.key, suite])),
  texts: new Map(texts.map((text) => [text.path, text])),
  span: spanOf(report),
};
const header = createHeader(page);
const filters = createFilters(page);
const list = createSuiteList(page);
const detail = h('div.detail');
const main = h('main', {}, h('div.left', {}, filters.element, list.element), detail);
let selected: readonly Selected[] = [];
let selectedFor = '';
let detailFor = '';

function render(): void {
  const view = currentView();
  const { suite: _suite, ...filter } = view;
  if (JSON.stringify(filter) !== selectedFor) {
    selectedFor = JSON.stringify(filter);
    selected = selectSuites(report.suites, view);
  }
  filters.update(view, selected.length);
  list.update(selected, view);
  const suite = page.suites.get(view.suite);
  main.classList.toggle('one', suite !== undefined);
  // The overview follows every filter, a suite only the search.
  const now = suite === undefined ? selectedFor : JSON.stringify([suite.key, view.search]);
  if (now === detailFor) return;
  detailFor = now;
  detail.replaceChildren(suite === undefined ? createOverview(selected, view, page) : createSuiteView(suite, view, page));
  detail.scrollTop = 0;
  list.reveal(view.suite);
}

function move(step: number, problemsOnly: boolean): void {
  const keys = problemsOnly ? list.keys.filter((key) => page.suites.get(key)?.verdict !== 'passed') : list.keys;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
  const at = keys.indexOf(focused ?? currentView().suite);
  const key = keys[at === -1 ? (step > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + step))];
  if (key === undefined) return;
  // On a wide page the suite is shown beside the list at once; on a narrow one Enter opens it.
  if (!matchMedia('(width < 70rem)').matches) show({ suite: key });
  list.focus(key);
}

function back(): void {
  if (document.activeElement === filters.search) filters.search.blur();
  const view = currentView();
  if (view.suite === '') show({ search: '', verdicts: [], cause: '', type: '' });
  else show({ suite: '' });
  if (view.suite !== '') list.focus(view.suite);
}

listenToKeys({
  search: () => {
    if (main.classList.contains('one') && matchMedia('(width < 70rem)').matches) show({ suite: '' });
    filters.search.focus();
    filters.search.select();
  },
  move,
  back,
  theme: () => header.querySelector<HTMLButtonElement>('.theme')?.click(),
  help: () => header.querySelector<HTMLButtonElement>('.help-button')?.click(),
});
addEventListener('hashchange', render);
addEventListener('popstate', render);
app.append(header, main);
render();
performance.mark('report-ready');
