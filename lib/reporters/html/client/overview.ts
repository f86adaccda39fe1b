import { formatDuration } from '../../render/duration.ts';
import type { PhaseName } from '../../../run/phases.ts';
import type { SuiteReport } from '../../../run/report.ts';
import { toHash, type ViewState } from '../view/address.ts';
import type { Selected } from '../view/select.ts';
import { sumPhases } from '../view/timeline.ts';
import { isFailing, phaseWords, plural } from '../view/words.ts';
import { causeBadge, verdictBadge } from './badge.ts';
import { withCode } from './diagnosis-view.ts';
import { h } from './element.ts';
import { fillLazily } from './lazy-list.ts';
import type { Page } from './page.ts';

const shownTests = 5;
const shownSlowest = 5;

/** What did not pass and why, and where the time went. */
export function createOverview(selected: readonly Selected[], view: ViewState, { report }: Page): HTMLElement {
  const problems = selected.map(({ suite }) => suite).filter(({ verdict }) => verdict !== 'passed');
  const list = h('ul.problems');
  fillLazily(list, problems, (suite) => createProblem(suite, view), 25);
  return h(
    'article.overview',
    { 'aria-labelledby': 'overview-title' },
    h('h2', { id: 'overview-title', tabindex: '-1' }, titleOf(problems.length, selected.length, report.suites.length)),
    problems.length > 0 && list,
    createTimes(report.suites),
    createSlowest(report.suites, view),
  );
}

function titleOf(problems: number, selected: number, all: number): string {
  if (all === 0) return 'The run has no suites';
  if (selected === 0) return 'No suite matches';
  if (problems > 0) return `${plural(problems, 'suite')} to look at`;
  return selected === all ? `All ${plural(all, 'suite')} passed` : `${plural(selected, 'suite')} passed`;
}

function createProblem(suite: SuiteReport, view: ViewState): HTMLElement {
  const { key, verdict, cause, message, diagnosis, attempts } = suite;
  const failed = attempts.findLast(({ tests }) => tests.some(isFailing))?.tests.filter(isFailing) ?? [];
  return h(
    'li',
    { class: `v-${verdict}` },
    h('h3', {}, h('a', { href: toHash({ ...view, suite: key }) }, key), ' ', verdictBadge(verdict), cause !== undefined && causeBadge(cause)),
    h('p', {}, message),
    diagnosis !== undefined && h('p.dim', {}, withCode(diagnosis.hint)),
    failed.length > 0 &&
      h(
        'ul.failed-tests',
        {},
        ...failed.slice(0, shownTests).map(({ name, message: said = '' }) => h('li', {}, h('b', {}, name), said !== '' && h('span', {}, ` ${said}`))),
        failed.length > shownTests && h('li.dim', {}, `and ${failed.length - shownTests} more`),
      ),
  );
}

function createTimes(suites: readonly SuiteReport[]): HTMLElement | undefined {
  const sums = sumPhases(suites.flatMap(({ attempts }) => attempts));
  const all = [...sums.values()].reduce((sum, ms) => sum + ms, 0);
  if (all === 0) return undefined;
  const phases = (Object.keys(phaseWords) as PhaseName[]).filter((phase) => sums.has(phase));
  return h(
    'section.times',
    {},
    h('h3', {}, 'Where the time went'),
    h('p.dim', {}, 'Of all suites together, which ran side by side.'),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Phase'), h('th', { scope: 'col' }, 'Time'), h('th', { scope: 'col' }, 'Share'))),
      h('tbody', {}, ...phases.map((phase) => createTimeRow(phase, sums.get(phase) ?? 0, all))),
    ),
  );
}

function createTimeRow(phase: PhaseName, ms: number, all: number): HTMLElement {
  const bar = h('i', { class: `p-${phase} v-passed`, 'aria-hidden': 'true' });
  bar.style.width = `${(ms / all) * 100}%`;
  return h('tr', {}, h('th', { scope: 'row' }, phaseWords[phase]), h('td', {}, formatDuration(ms)), h('td.share', {}, h('span', {}, `${Math.round((ms / all) * 100)} %`), h('span.track', {}, bar)));
}

function createSlowest(suites: readonly SuiteReport[], view: ViewState): HTMLElement | undefined {
  const tests = suites
    .flatMap((suite) => (suite.attempts.at(-1)?.tests ?? []).flatMap(({ name, durationMs = 0 }) => (durationMs > 0 ? [{ key: suite.key, name, durationMs }] : [])))
    .toSorted((a, b) => b.durationMs - a.durationMs)
    .slice(0, shownSlowest);
  if (tests.length === 0) return undefined;
  return h(
    'section',
    {},
    h('h3', {}, 'Slowest tests'),
    h('ul.slowest', {}, ...tests.map(({ key, name, durationMs }) => h('li', {}, h('span.time', {}, formatDuration(durationMs)), h('span', {}, name, ' ', h('a', { href: toHash({ ...view, suite: key }) }, key))))),
  );
}
