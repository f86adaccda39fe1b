import { Parser, type Result } from 'tap-parser';
import { describeDiagnostics } from './tap-diagnostics.ts';
import { invalid, truncated, type ParsedResults } from './parsed-results.ts';
import { sanitizeLine, sanitizeText } from './sanitize.ts';
import { tapLines } from './tap-lines.ts';
import type { TestCase } from './test-case.ts';
import { TestList } from './test-list.ts';
import type { TextChunks } from './text-lines.ts';

type MutableTest = { -readonly [Key in keyof TestCase]: TestCase[Key] };

/** TAP 12 to 14, possibly between other lines of a log. A plan that was not kept is a truncated result. */
export function parseTap(text: TextChunks): ParsedResults {
  const reader = new TapReader();
  try {
    for (const line of tapLines(text)) reader.parser.write(line);
    return reader.finish();
  } catch (error) {
    return invalid(`The TAP output cannot be read: ${sanitizeLine(error instanceof Error ? error.message : String(error), 200)}.`);
  }
}

class TapReader {
  readonly parser = new Parser();
  readonly #list = new TestList();
  /** Not in the list yet: comments that follow belong to it. */
  #open: MutableTest | undefined;
  /** Subtests whose own plan was not kept. */
  readonly #broken: string[] = [];
  #failures = 0;
  #hasVersion = false;
  #isFollowed = false;
  /** Comments after a failed test tell what went wrong. */
  #lastFailed: MutableTest | undefined;

  constructor() {
    this.parser.on('version', () => {
      this.#hasVersion = true;
    });
    this.parser.on('bailout', (reason: string) => {
      this.#add({ name: 'Bail out!', group: '', status: 'error', message: sanitizeLine(reason) || 'The suite bailed out.' });
    });
    // The library takes a test for no TAP only when the plan at the end has come.
    this.parser.on('extra', (text: string) => {
      this.#isFollowed ||= /^(?: {4})*(?:not )?ok(?: |\n|$)/.test(text);
    });
    this.#watch(this.parser, []);
  }

  finish(): ParsedResults {
    // The library gives an empty log a version and a plan of its own.
    const hasVersion = this.#hasVersion;
    this.parser.end();
    this.#closeTest();
    const { tests } = this.#list;
    const { results, syntheticPlan } = this.parser;
    if (results === null) return invalid('The TAP output could not be read to its end.');
    if (syntheticPlan) return hasVersion || tests.length > 0 ? truncated('The TAP output ends before its plan.') : { ok: true, tests: [] };
    if (this.#isFollowed) return invalid('The TAP output has tests after the plan that ends it, as several outputs in one log have.');
    if (results.bailout !== false) return { ok: true, tests: tests };
    if (results.plan.skipAll && results.count === 0) return { ok: true, tests: skippedAsAWhole(results.plan.skipReason) };
    if (results.plan.end === null) return truncated(`The TAP output has ${results.count} tests and no plan.`);

    const planned = results.plan.end - (results.plan.start ?? 1) + 1;
    if (results.count < planned) return truncated(`${results.count} of ${planned} planned tests have a result.`);
    const error = results.failures.find((failure) => typeof failure.tapError === 'string');
    if (error !== undefined) return invalid(`The TAP output contradicts itself: ${sanitizeLine(String(error.tapError), 200)}.`);
    const [broken] = this.#broken;
    if (broken !== undefined) return truncated(broken);
    if (!results.ok && !tests.some(({ status }) => status === 'failed' || status === 'error')) {
      return invalid('The TAP output is not ok, although no test of it failed.');
    }
    return { ok: true, tests: tests };
  }

  #watch(parser: Parser, path: readonly string[]): void {
    let lastChild: { parser: Parser; failures: number } | undefined;
    parser.on('child', (child: Parser) => {
      lastChild = { parser: child, failures: this.#failures };
      const childPath = [...path, child.name];
      this.#watch(child, childPath);
      child.on('complete', () => this.#checkSubtest(child, childPath));
    });
    parser.on('assert', (result: Result) => {
      const child = result.closingTestPoint ? lastChild : undefined;
      const isSummary = child !== undefined && child.parser.count > 0;
      if (isSummary && (result.ok || this.#failures > child.failures)) return;
      this.#add(toTest(result, path));
    });
    parser.on('comment', (comment: string) => this.#addComment(comment));
    parser.on('plan', () => {
      this.#lastFailed = undefined;
    });
  }

  #checkSubtest(child: Parser, path: readonly string[]): void {
    const { results, bailedOut, name } = child;
    // Indented lines of a log may look like a subtest; only one with a name promised a plan.
    if (results === null || bailedOut !== false || name === '' || results.plan.end === null) return;
    const planned = results.plan.end - (results.plan.start ?? 1) + 1;
    if (results.count < planned) this.#broken.push(`${results.count} of ${planned} planned subtests of ${JSON.stringify(sanitizeLine(path.join(' > '), 200))} have a result.`);
  }

  #add(test: MutableTest): void {
    this.#closeTest();
    this.#open = test;
    if (test.status === 'failed') this.#failures++;
    this.#lastFailed = test.status === 'failed' ? test : undefined;
  }

  #closeTest(): void {
    if (this.#open !== undefined) this.#list.add(this.#open);
    this.#open = undefined;
  }

  #addComment(comment: string): void {
    if (this.#lastFailed === undefined || /^\s*# Subtest/.test(comment)) return;
    const text = sanitizeText(comment.replace(/^\s*# ?/, ''));
    if (this.#lastFailed.message === undefined) this.#lastFailed.message = sanitizeLine(text);
    const details = this.#lastFailed.details;
    this.#lastFailed.details = sanitizeText(details === undefined ? text : `${details}\n${text}`);
  }
}

function toTest(result: Result, path: readonly string[]): MutableTest {
  const status = result.skip ? 'skipped' : result.todo ? 'todo' : result.ok ? 'passed' : 'failed';
  const reason = result.skip || result.todo;
  return {
    name: sanitizeLine(result.name) || `test ${result.id || '(unnamed)'}`,
    group: sanitizeLine(path.filter(Boolean).join(' > ')),
    status,
    ...(typeof result.time === 'number' && Number.isFinite(result.time) && { durationMs: Math.max(0, result.time) }),
    ...(status === 'failed' && describeDiagnostics(result.diag)),
    ...(typeof reason === 'string' && reason !== '' && { message: sanitizeLine(reason) }),
  };
}

function skippedAsAWhole(reason: string): readonly TestCase[] {
  // `1..0` without a word is no statement about any test.
  if (reason === '') return [];
  return [{ name: 'all tests', group: '', status: 'skipped', message: sanitizeLine(reason.replace(/^#?\s*skip\w*:?\s*/i, '')) }];
}
