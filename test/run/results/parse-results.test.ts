import { expect, test } from 'vitest';
import type { ArchiveEntry } from '../../../lib/run/results/archive.ts';
import { decodeText } from '../../../lib/run/results/decode-text.ts';
import { parseResultFiles, parseResultText } from '../../../lib/run/results/parse-results.ts';
import { readFixture, summarize } from './fixture.ts';

const junit = { format: 'junit', files: '**/*.xml' } as const;

function files(content: Readonly<Record<string, string>>): readonly ArchiveEntry[] {
  return Object.entries(content).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

function suite(name: string): string {
  return `<testsuite><testcase name="${name}"/></testsuite>`;
}

test('result files are picked by their glob, in the order of their paths', () => {
  const entries = files({ 'b.xml': suite('b'), 'deep/er/a.xml': suite('deep'), 'a.xml': suite('a'), 'log.txt': 'no result' });
  expect(summarize(parseResultFiles(junit, entries))).toBe('passed  a\npassed  b\npassed  deep');
  expect(summarize(parseResultFiles({ ...junit, files: 'b.xml' }, entries))).toBe('passed  b');
});

test('no result file is an error that tells what is there', () => {
  expect(summarize(parseResultFiles(junit, []))).toBe('results-missing: No result file matches "**/*.xml": the results folder is empty.');
  const many = files(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`${index}.log`, ''])));
  expect(summarize(parseResultFiles(junit, many))).toBe('results-missing: No result file matches "**/*.xml": the results folder holds 0.log, 1.log, 2.log, 3.log, 4.log and 3 more.');
});

test('one bad file spoils the result, and is named', () => {
  expect(summarize(parseResultFiles(junit, files({ 'a.xml': suite('a'), 'b.xml': '<testsuite>' })))).toMatch(/^results-truncated: b\.xml: The JUnit XML is cut off/);
  expect(summarize(parseResultFiles(junit, files({ 'a.xml': suite('a'), 'coverage.xml': '<coverage/>' })))).toBe(
    'results-invalid: coverage.xml: The JUnit XML cannot be read: its root is <coverage>, not <testsuites>.',
  );
});

test('no tests are an error, in every format and from every source', () => {
  expect(summarize(parseResultFiles(junit, files({ 'a.xml': '<testsuites/>' })))).toBe('no-tests: No test is recorded in a.xml.');
  expect(summarize(parseResultFiles({ format: 'tap', files: '*' }, files({ a: '1..0\n' })))).toBe('no-tests: No test is recorded in a.');
  for (const format of ['junit', 'tap', 'gotest'] as const) expect(parseResultText(format, 'hello\n')).toMatchObject({ ok: false, cause: 'no-tests' });
});

test('results in the log of a suite', () => {
  expect(summarize(parseResultText('tap', readFixture('bats.tap')))).toContain('passed  adds');
  expect(summarize(parseResultText('gotest', readFixture('gotest.jsonl')))).toContain('TestAdds');
  const log = `starting\n${readFixture('pytest.xml')}\nsecond run\n${suite('again')}\nbye\n`;
  expect(summarize(parseResultText('junit', log))).toMatch(/test_adds[^]*passed {2}again$/);
  expect(parseResultText('junit', log.slice(0, -20))).toMatchObject({ ok: false, cause: 'results-truncated' });
});

test('text is decoded as its byte order mark or its XML declaration says', () => {
  const xml = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><testsuite><testcase name="grün"/></testsuite>`;
  const utf16 = Buffer.from(`\ufeff${xml('utf-16')}`, 'utf16le');
  const variants = [Buffer.from(xml('utf-8')), Buffer.from(`\ufeff${xml('utf-8')}`), Buffer.from(xml('ISO-8859-1'), 'latin1'), utf16, Buffer.from(utf16).swap16(), utf16.subarray(2), Buffer.from(utf16).swap16().subarray(2), Buffer.from(xml('utf-16')), Buffer.from(xml('no-such'))];
  for (const bytes of variants) expect(summarize(parseResultFiles(junit, [{ path: 'a.xml', bytes }]))).toBe('passed  grün');
  expect([...decodeText(Buffer.from([0x61, 0xff]))].join('')).toBe('a\ufffd');
});

test('text that is not what it is declared to be has replacement characters, and its tests', () => {
  const latin1 = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><testsuite><testcase name="grün"/></testsuite>', 'latin1');
  expect(summarize(parseResultFiles(junit, [{ path: 'a.xml', bytes: latin1 }]))).toBe('passed  gr\ufffdn');
});

test('text is decoded in pieces, whatever lies on their borders', () => {
  const text = `${'x'.repeat(65_535)}ü${'✓👍'.repeat(30_000)}`;
  for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
    const pieces = [...decodeText(bytes)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(text);
  }
});
