import type { SuiteReport } from '../../../run/report.ts';
import { toHash, type ViewState } from '../view/address.ts';
import type { Selected } from '../view/select.ts';
import { plural, ranFor, verdictGlyphs, verdictWords } from '../view/words.ts';
import { createAxis, createBar, createLegend } from './bar.ts';
import { decoration, h } from './element.ts';
import type { Page } from './page.ts';

export interface SuiteList {
  readonly element: HTMLElement;
  /** Keys in the order of the rows. */
  readonly keys: readonly string[];
  update(selected: readonly Selected[], view: ViewState): void;
  focus(key: string): void;
  /** Scrolls to the row, as far as it is out of sight. */
  reveal(key: string): void;
}

interface Row {
  readonly item: HTMLLIElement;
  readonly link: HTMLAnchorElement;
  readonly hits: HTMLElement;
}

/** The timeline: a row a suite. Rows are made once; a search only puts them in another order. */
export function createSuiteList(page: Page): SuiteList {
  const rows = new Map<string, Row>();
  const list = h('ul.rows', { 'aria-label': 'Suites' });
  const none = h('p.none', { hidden: true }, 'No suite matches. ', h('kbd', {}, 'Esc'), ' or Clear shows all.');
  const element = h('section.suites', { 'aria-label': 'Timeline' }, createLegend(page.report.suites), createAxis(page.span), list, none);
  let keys: readonly string[] = [];
  const rowOf = (suite: SuiteReport): Row => {
    const row = rows.get(suite.key) ?? createRow(suite, page);
    rows.set(suite.key, row);
    return row;
  };
  return {
    element,
    get keys() {
      return keys;
    },
    update(selected, view) {
      const shown = selected.map(({ suite, hits }) => {
        const row = rowOf(suite);
        row.link.href = toHash({ ...view, suite: suite.key });
        if (suite.key === view.suite) row.link.setAttribute('aria-current', 'true');
        else row.link.removeAttribute('aria-current');
        row.hits.textContent = hits === undefined || hits === 0 ? '' : plural(hits, 'hit');
        return row.item;
      });
      keys = selected.map(({ suite }) => suite.key);
      none.hidden = shown.length > 0;
      if (shown.length !== list.childElementCount || shown.some((item, index) => list.children[index] !== item)) list.replaceChildren(...shown);
    },
    focus(key) {
      rows.get(key)?.link.focus({ preventScroll: true });
      this.reveal(key);
    },
    reveal(key) {
      rows.get(key)?.link.scrollIntoView({ block: 'nearest' });
    },
  };
}

function createRow(suite: SuiteReport, { span }: Page): Row {
  const { key, verdict, type, cause, tests, attempts, startedAt, durationMs } = suite;
  const hits = h('span.hits');
  const parts = [type, ...(tests.total > 0 ? [tests.failed > 0 ? `${tests.failed} of ${plural(tests.total, 'test')} failed` : plural(tests.total, 'test')] : []), ...(attempts.length > 1 ? [plural(attempts.length, 'attempt')] : [])];
  const link = h(
    'a.row',
    { href: '#', class: `v-${verdict}`, 'data-key': key },
    decoration(verdictGlyphs[verdict], 'glyph'),
    h('span.what', {}, h('span.name', { title: key }, key), hits),
    h('span.meta', {}, verdict !== 'passed' && [h('span.said', {}, cause ?? verdictWords[verdict]), ' · '], parts.join(' · ')),
    createBar(suite, span),
    h('span.time', {}, startedAt === undefined ? '' : ranFor(durationMs)),
  );
  return { item: h('li', {}, link), link, hits };
}
