import type { SuiteReport, Verdict } from '../../../run/report.ts';
import type { TestCase } from '../../../run/results/test-case.ts';
import type { ViewState } from './address.ts';
import { verdictWords } from './words.ts';

export interface Selected {
  readonly suite: SuiteReport;
  /** How many tests of the last attempt have all words of the search; undefined: nothing is searched. */
  readonly hits: number | undefined;
}

const badness = Object.keys(verdictWords) as Verdict[];

/** The suites that the list shows, in its order. */
export function selectSuites(suites: readonly SuiteReport[], view: ViewState): readonly Selected[] {
  const words = wordsOf(view.search);
  const selected: Selected[] = [];
  for (const suite of suites) {
    if (view.verdicts.length > 0 && !view.verdicts.includes(suite.verdict)) continue;
    if (view.cause !== '' && suite.cause !== view.cause) continue;
    if (view.type !== '' && suite.type !== view.type) continue;
    if (words.length === 0) {
      selected.push({ suite, hits: undefined });
      continue;
    }
    const hits = findTests(suite, suite.attempts.at(-1)?.tests ?? [], words).length;
    const isFound = hits > 0 || hasAll(textOf(suite), words) || suite.attempts.some(({ tests }) => findTests(suite, tests, words).length > 0);
    if (isFound) selected.push({ suite, hits });
  }
  return selected.toSorted((a, b) => compare(a.suite, b.suite, view));
}

/** The tests that have all words, apart from those that the suite itself has. */
export function findTests(suite: SuiteReport, tests: readonly TestCase[], words: readonly string[]): readonly TestCase[] {
  const own = textOf(suite);
  const missing = words.filter((word) => !own.includes(word));
  if (missing.length === 0) return [];
  return tests.filter((test) => hasAll(textOfTest(test), missing));
}

export function wordsOf(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** Made once: a search at each key must not build them again. */
const suiteTexts = new WeakMap<SuiteReport, string>();
const testTexts = new WeakMap<TestCase, string>();

function textOf(suite: SuiteReport): string {
  let text = suiteTexts.get(suite);
  if (text === undefined) {
    const { key, type, tags, verdict, cause = '', message, job, diagnosis, events, attempts } = suite;
    const parts = [key, type, ...tags, verdict, verdictWords[verdict], cause, message, job, diagnosis?.title ?? '', ...attempts.flatMap(({ node, message: said }) => [node, said])];
    text = [...parts, ...events.flatMap(({ reason, message: said }) => [reason, said])].join('\n').toLowerCase();
    suiteTexts.set(suite, text);
  }
  return text;
}

function textOfTest(test: TestCase): string {
  let text = testTexts.get(test);
  if (text === undefined) {
    text = [test.group, test.name, test.file ?? '', test.status, test.message ?? ''].join('\n').toLowerCase();
    testTexts.set(test, text);
  }
  return text;
}

function compare(a: SuiteReport, b: SuiteReport, { sort }: ViewState): number {
  switch (sort) {
    case 'verdict':
      return badness.indexOf(a.verdict) - badness.indexOf(b.verdict);
    case 'start':
      return (a.startedAt ?? '~').localeCompare(b.startedAt ?? '~');
    case 'duration':
      return b.durationMs - a.durationMs;
    case 'name':
      return a.key.localeCompare(b.key, 'en', { numeric: true });
  }
}
