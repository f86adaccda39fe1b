import type { SuiteReport, Verdict } from '../../../run/report.ts';
import { sorts, type Sort, type ViewState } from '../view/address.ts';
import { verdictGlyphs, verdictWords } from '../view/words.ts';
import { button, decoration, h } from './element.ts';
import { show, type Page } from './page.ts';

export interface Filters {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  update(view: ViewState, found: number): void;
}

/** Search, verdicts, causes, types and the order. */
export function createFilters({ report }: Page): Filters {
  const search = h('input', { type: 'search', id: 'search', placeholder: 'Search suites, tests, causes  ( / )', autocomplete: 'off', spellcheck: 'false', 'aria-label': 'Search suites, tests and causes' });
  search.addEventListener('input', () => show({ search: search.value }));
  const chips = createChips(report.totals.suites);
  const cause = choice('Cause', 'all causes', countBy(report.suites, (suite) => suite.cause), (value) => show({ cause: value }));
  const type = choice('Type', 'all types', countBy(report.suites, (suite) => suite.type), (value) => show({ type: value }));
  const sort = select('Order', Object.entries(sorts), (value) => show({ sort: value as Sort }));
  const count = h('p.count', { role: 'status' });
  const clear = button('Clear', () => show({ search: '', verdicts: [], cause: '', type: '' }), { class: 'clear' });
  const element = h('form.filters', { role: 'search', 'aria-label': 'Suites' }, search, h('div.chips', { role: 'group', 'aria-label': 'Verdicts' }, ...chips.map((chip) => chip.element)), h('div.choices', {}, cause.element, type.element, sort.element, count, clear));
  element.addEventListener('submit', (event) => event.preventDefault());
  return {
    element,
    search,
    update(view, found) {
      if (search.value !== view.search) search.value = view.search;
      for (const chip of chips) chip.element.setAttribute('aria-pressed', String(view.verdicts.includes(chip.verdict)));
      cause.set(view.cause);
      type.set(view.type);
      sort.set(view.sort);
      const isFiltered = view.search !== '' || view.verdicts.length > 0 || view.cause !== '' || view.type !== '';
      clear.hidden = !isFiltered;
      count.textContent = isFiltered ? `${found.toLocaleString('en')} of ${report.suites.length.toLocaleString('en')}` : '';
    },
  };
}

interface Chip {
  readonly verdict: Verdict;
  readonly element: HTMLButtonElement;
}

function createChips(counts: Readonly<Record<Verdict, number>>): readonly Chip[] {
  const verdicts = (Object.keys(verdictWords) as Verdict[]).filter((verdict) => counts[verdict] > 0);
  return verdicts.map((verdict) => {
    const element = h('button.chip', { type: 'button', class: `v-${verdict}`, 'aria-pressed': 'false' }, decoration(verdictGlyphs[verdict], 'glyph'), ` ${counts[verdict].toLocaleString('en')} ${verdictWords[verdict]}`);
    element.addEventListener('click', () => {
      const pressed = verdicts.filter((other) => (other === verdict) !== isPressed(other));
      show({ verdicts: pressed });
    });
    const isPressed = (other: Verdict): boolean => element.parentElement?.querySelector(`.chip.v-${other}`)?.getAttribute('aria-pressed') === 'true';
    return { verdict, element };
  });
}

interface Choice {
  readonly element: HTMLElement;
  set(value: string): void;
}

/** Nothing to choose: not shown. */
function choice(label: string, all: string, counts: ReadonlyMap<string, number>, onChange: (value: string) => void): Choice {
  const options = [...counts].toSorted(([a], [b]) => a.localeCompare(b)).map(([value, count]) => [value, `${value} (${count.toLocaleString('en')})`] as const);
  const created = select(label, [['', all], ...options], onChange);
  created.element.hidden = label === 'Type' ? counts.size < 2 : counts.size === 0;
  return created;
}

function select(label: string, options: readonly (readonly [string, string])[], onChange: (value: string) => void): Choice {
  const element = h('select', { 'aria-label': label }, ...options.map(([value, text]) => h('option', { value }, text)));
  element.addEventListener('change', () => onChange(element.value));
  return {
    element,
    set: (value) => {
      element.value = value;
    },
  };
}

function countBy(suites: readonly SuiteReport[], of: (suite: SuiteReport) => string | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const suite of suites) {
    const value = of(suite);
    if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
