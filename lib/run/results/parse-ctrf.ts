import { plural } from '../../plural.ts';
import { countOf, fieldsOf, textOf, type Fields } from './json-fields.ts';
import { invalid, parseDocument, truncated, Unreadable, type ParsedResults } from './parsed-results.ts';
import { readJson } from './read-json.ts';
import { sanitizeLine, sanitizeText } from './sanitize.ts';
import type { TestCase, TestStatus } from './test-case.ts';
import { TestList } from './test-list.ts';
import type { TextChunks } from './text-lines.ts';

/** One report in the Common Test Report Format, https://ctrf.io. */
export function parseCtrf(text: TextChunks): ParsedResults {
  return parseDocument('CTRF report', () => {
    const { summary, tests } = fieldsOf(fieldsOf(readJson(text))['results']);
    if (!Array.isArray(tests)) throw new Unreadable('it has no list of tests in `results.tests`');
    const list = new TestList();
    for (const test of tests) list.add(toTestCase(fieldsOf(test)));
    return check(fieldsOf(summary), tests, list.tests);
  });
}

function check(summary: Fields, listed: readonly unknown[], tests: readonly TestCase[]): ParsedResults {
  const declared = countOf(summary['tests']);
  if (declared > tests.length) return truncated(`The CTRF report declares ${plural(declared, 'test')}, but holds ${tests.length}.`);
  const failed = countOf(summary['failed']);
  // Playwright's reporter also counts tests that were expected to fail.
  const isExplained = tests.some(isFailed) || listed.some((test) => fieldsOf(test)['rawStatus'] === 'failed');
  if (failed > 0 && !isExplained) return invalid(`The CTRF report declares ${plural(failed, 'failure')}, but holds none.`);
  return { ok: true, tests };
}

function isFailed({ status }: TestCase): boolean {
  return status === 'failed' || status === 'error';
}

function toTestCase(test: Fields): TestCase {
  const status = statusOf(test);
  const { duration, suite, line } = test;
  const group = Array.isArray(suite) ? suite.map(textOf).join(' > ') : textOf(suite);
  const file = sanitizeLine(textOf(test['filePath']));
  return {
    name: sanitizeLine(textOf(test['name'])) || '(unnamed)',
    group: sanitizeLine(group) || file,
    status,
    ...(typeof duration === 'number' && duration >= 0 && { durationMs: duration }),
    // Playwright's reporter tells the expected error of a test that passed.
    ...(status !== 'passed' && describe(test)),
    ...(file !== '' && { file }),
    ...(countOf(line) > 0 && { line: countOf(line) }),
  };
}

function describe(test: Fields): Pick<TestCase, 'message' | 'details'> {
  const message = textOf(test['message']);
  const details = sanitizeText([textOf(test['trace']) || message, textOf(test['snippet'])].filter(Boolean).join('\n\n'));
  const line = sanitizeLine(message.trimStart().split('\n', 1)[0] ?? '');
  return { ...(line !== '' && { message: line }), ...(details !== '' && details !== line && { details }) };
}

const statuses: Readonly<Record<string, TestStatus>> = { passed: 'passed', failed: 'failed', skipped: 'skipped', pending: 'skipped' };

function statusOf(test: Fields): TestStatus {
  const status = textOf(test['status']);
  const known = Object.hasOwn(statuses, status) ? statuses[status] : undefined;
  if (known !== undefined) return known;
  if (status !== 'other') throw new Unreadable(`a test has the status ${sanitizeLine(JSON.stringify(test['status']) ?? 'undefined', 100)}, which CTRF does not know`);
  const raw = textOf(test['rawStatus']).toLowerCase();
  if (raw === 'todo') return 'todo';
  return /^(?:skipped|pending|disabled|ignored|xfail(?:ed)?)$/.test(raw) ? 'skipped' : 'error';
}
