import { posix } from 'node:path';
import type { LogFormat, ResultsFormat } from '../../config/resolved.ts';
import type { ArchiveEntry } from './archive.ts';
import { nameSome } from '../../name-some.ts';
import { decodeText } from './decode-text.ts';
import { junitDocuments } from './junit-documents.ts';
import { parseCtrf } from './parse-ctrf.ts';
import { parseCucumber } from './parse-cucumber.ts';
import { parseGoTest } from './parse-gotest.ts';
import { parseJunit } from './parse-junit.ts';
import { parseTap } from './parse-tap.ts';
import { parseTrx } from './parse-trx.ts';
import { invalid, type ParsedResults } from './parsed-results.ts';
import { sanitizeLine } from './sanitize.ts';
import type { TestCase } from './test-case.ts';
import { maxTests } from './test-list.ts';
import type { TextChunks } from './text-lines.ts';

const parsers: Readonly<Record<ResultsFormat, (text: TextChunks) => ParsedResults>> = {
  junit: parseJunit,
  tap: parseTap,
  gotest: parseGoTest,
  ctrf: parseCtrf,
  trx: parseTrx,
  cucumber: parseCucumber,
};
const logFormatNames: Readonly<Record<LogFormat, string>> = { junit: 'JUnit XML', tap: 'TAP', gotest: '`go test -json`' };

export interface ResultFilesSpec {
  readonly format: ResultsFormat;
  /** Glob of the result files; all others are attachments. */
  readonly files: string;
}

/** Results from the files of a collected folder. */
export function parseResultFiles({ format, files }: ResultFilesSpec, entries: readonly ArchiveEntry[]): ParsedResults {
  const matching = entries.filter(({ path }) => posix.matchesGlob(path, files)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (matching.length === 0) return { ok: false, cause: 'results-missing', message: noFileMatches(files, entries) };
  const parsed = mergeAll(matching, ({ path, bytes }) => {
    const result = parsers[format](decodeText(bytes));
    return result.ok ? result : { ...result, message: `${path}: ${result.message}` };
  });
  return atLeastOne(parsed, () => `No test is recorded in ${list(matching.map(({ path }) => path))}.`);
}

/** Results from the log of a suite, between whatever else it prints. */
export function parseResultText(format: LogFormat, log: string): ParsedResults {
  const parsed = format === 'junit' ? mergeAll(junitDocuments(log), (document) => parseJunit([document])) : parsers[format]([log]);
  return atLeastOne(parsed, () => `The log of the suite holds no test in ${logFormatNames[format]}.`);
}

function mergeAll<T>(sources: Iterable<T>, parse: (source: T) => ParsedResults): ParsedResults {
  const tests: TestCase[] = [];
  for (const source of sources) {
    const result = parse(source);
    if (!result.ok) return result;
    for (const test of result.tests) tests.push(test);
    if (tests.length > maxTests) return invalid(`The results have more than ${maxTests} tests.`);
  }
  return { ok: true, tests };
}

function atLeastOne(parsed: ParsedResults, message: () => string): ParsedResults {
  return parsed.ok && parsed.tests.length === 0 ? { ok: false, cause: 'no-tests', message: message() } : parsed;
}

function noFileMatches(files: string, entries: readonly ArchiveEntry[]): string {
  const content = entries.length === 0 ? 'is empty' : `holds ${list(entries.map(({ path }) => path))}`;
  return `No result file matches ${JSON.stringify(files)}: the results folder ${content}.`;
}

function list(paths: readonly string[]): string {
  return nameSome(paths.map((path) => sanitizeLine(path, 100)), 5);
}
