import { formatDuration } from '../../render/duration.ts';
import type { SuiteReport } from '../../../run/report.ts';
import type { TestCase, TestStatus } from '../../../run/results/test-case.ts';
import type { ViewState } from '../view/address.ts';
import { compareAttempts, type ComparedTest } from '../view/compare-attempts.ts';
import { findTests, wordsOf } from '../view/select.ts';
import { isFailing, plural, statusGlyphs } from '../view/words.ts';
import { button, decoration, h } from './element.ts';
import { fillLazily } from './lazy-list.ts';

const shows = {
  all: () => true,
  failed: isFailing,
  skipped: ({ status }: TestCase) => status === 'skipped' || status === 'todo',
  passed: ({ status }: TestCase) => status === 'passed',
} satisfies Record<string, (test: TestCase) => boolean>;

type Show = keyof typeof shows;

const openFailures = 20;

/** Every test of the suite, failures first, with what earlier attempts gave. */
export function createTests(suite: SuiteReport, view: ViewState): HTMLElement | undefined {
  const compared = compareAttempts(suite.attempts);
  if (compared.length === 0) return undefined;
  const list = h('ul.tests');
  const words = wordsOf(view.search);
  const hits = words.length === 0 ? undefined : new Set(suite.attempts.flatMap(({ tests }) => findTests(suite, tests, words)));
  const searched = hits === undefined || hits.size === 0 ? compared : compared.filter(({ test }) => hits.has(test));
  const choose = (chosen: Show): void => {
    const shown = searched.filter(({ test }) => shows[chosen](test));
    let opened = 0;
    fillLazily(list, shown, (entry) => createTest(entry, suite.attempts.length, isFailing(entry.test) && opened++ < openFailures));
    for (const [name, chip] of chips) chip.setAttribute('aria-pressed', String(name === chosen));
  };
  const chips = new Map(
    (Object.keys(shows) as Show[])
      .map((name) => [name, searched.filter(({ test }) => shows[name](test)).length] as const)
      .filter(([name, count]) => count > 0 && (name === 'all' || count < searched.length))
      .map(([name, count]) => [name, button(`${count.toLocaleString('en')} ${name}`, () => choose(name), { class: 'chip' })] as const),
  );
  choose('all');
  const missing = suite.tests.total - (suite.attempts.at(-1)?.tests.length ?? 0);
  return h(
    'section',
    {},
    h('h3', {}, searched.length < compared.length ? `Tests that match “${view.search.trim()}”` : 'Tests'),
    chips.size > 1 && h('div.chips', { role: 'group', 'aria-label': 'Which tests' }, ...chips.values()),
    missing > 0 && h('p.dim', {}, `${plural(missing, 'test')} more in report.json and in the suite's own files.`),
    list,
  );
}

function createTest({ test, statuses }: ComparedTest, attempts: number, isOpen: boolean): HTMLElement {
  const { name, group, status, durationMs, message, details, file, line } = test;
  const head = [
    decoration(statusGlyphs[status], 'glyph'),
    h('span.test-name', {}, group !== '' && h('span.group', {}, group, h('span', { 'aria-hidden': 'true' }, ' › ')), h('span', {}, name), h('span.hidden', {}, `, ${status}`)),
    attempts > 1 && h('span.statuses', { title: 'each attempt' }, ...statuses.map(statusMark)),
    h('span.time', {}, durationMs === undefined ? '' : formatDuration(durationMs)),
  ];
  const place = file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`;
  const texts = [
    message !== undefined && message !== '' && h('p.test-message', {}, message),
    details !== undefined && details !== '' && details !== message && h('pre', { tabindex: '0', 'aria-label': 'Details' }, details),
    place !== undefined && h('p.place', {}, h('code', {}, place)),
  ].filter((element) => element !== false && element !== undefined);
  if (texts.length === 0) return h('li', { class: `s-${status}` }, h('div.test', {}, ...head));
  return h('li', { class: `s-${status}` }, h('details', { open: isOpen }, h('summary.test', {}, ...head), ...texts));
}

function statusMark(status: TestStatus | undefined, index: number): HTMLElement {
  const word = status ?? 'did not run';
  return h('span', { class: `s-${status ?? 'absent'}` }, decoration(status === undefined ? '·' : statusGlyphs[status], ''), h('span.hidden', {}, ` attempt ${index + 1}: ${word} `));
}
