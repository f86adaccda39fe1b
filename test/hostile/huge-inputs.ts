import { parseCtrf } from '../../lib/run/results/parse-ctrf.ts';
import { parseCucumber } from '../../lib/run/results/parse-cucumber.ts';
import { parseGoTest } from '../../lib/run/results/parse-gotest.ts';
import { parseJunit } from '../../lib/run/results/parse-junit.ts';
import { parseTap } from '../../lib/run/results/parse-tap.ts';
import { parseTrx } from '../../lib/run/results/parse-trx.ts';
import type { ParsedResults } from '../../lib/run/results/parsed-results.ts';
import type { TextChunks } from '../../lib/run/results/text-lines.ts';

const megabyte = 1024 * 1024;

/** The same piece again and again, so that only what a parser keeps takes memory. */
function* repeat(begin: string, piece: string, totalBytes: number, end = ''): Generator<string> {
  yield begin;
  const chunk = piece.repeat(Math.max(1, Math.floor((64 * 1024) / piece.length)));
  for (let length = 0; length < totalBytes; length += chunk.length) yield chunk;
  yield end;
}

interface HugeInput {
  readonly what: string;
  readonly parse: (text: TextChunks) => ParsedResults;
  readonly text: () => Generator<string>;
}

const output = `<system-out><![CDATA[${'y'.repeat(20_000)}]]></system-out>`;
const failure = `<failure message="${'m'.repeat(300)}">${'x'.repeat(20_000)}</failure>`;
const goEvent = `${JSON.stringify({ Action: 'pass', Package: 'p', Test: 'TestX' })}\n`;

/** What a suite can do to the memory of the CLI. */
const inputs: readonly HugeInput[] = [
  { what: 'junit: a million tests', parse: parseJunit, text: () => repeat('<testsuite>', '<testcase name="t"/>', 20 * megabyte, '</testsuite>') },
  { what: 'junit: 100 MB of output', parse: parseJunit, text: () => repeat('<testsuite>', `<testcase name="t">${output}</testcase>`, 100 * megabyte, '</testsuite>') },
  { what: 'junit: 36 MB of failures', parse: parseJunit, text: () => repeat('<testsuite>', `<testcase name="t">${failure}</testcase>`, 36 * megabyte, '</testsuite>') },
  { what: 'junit: an attribute of 100 MB', parse: parseJunit, text: () => repeat('<testsuite><testcase name="', 'a', 100 * megabyte, '"/>') },
  { what: 'junit: a name of 100 MB', parse: parseJunit, text: () => repeat('<testsuite><testcase ', 'a', 100 * megabyte, '="x"/></testsuite>') },
  { what: 'junit: a million attributes', parse: parseJunit, text: () => repeat('<testsuite ', 'a="" ', 5 * megabyte, '/>') },
  { what: 'junit: CDATA of 100 MB', parse: parseJunit, text: () => repeat('<testsuite><testcase><failure><![CDATA[', 'a', 100 * megabyte, ']]></failure></testcase></testsuite>') },
  { what: 'junit: a comment of 100 MB', parse: parseJunit, text: () => repeat('<testsuite><!--', 'a', 100 * megabyte, '--></testsuite>') },
  { what: 'junit: an instruction of 100 MB', parse: parseJunit, text: () => repeat('<testsuite><?', 'a ', 100 * megabyte, '?></testsuite>') },
  { what: 'junit: an entity of 100 MB', parse: parseJunit, text: () => repeat('<testsuite><testcase name="&', 'a', 100 * megabyte, ';"/>') },
  { what: 'junit: elements a million deep', parse: parseJunit, text: () => repeat('', '<testsuite>', 10 * megabyte) },
  { what: 'junit: an entity bomb', parse: parseJunit, text: () => repeat('<!DOCTYPE t [', '<!ENTITY a "&b;&b;&b;&b;">', 100 * megabyte, ']><testsuite name="&a;"/>') },
  { what: 'junit: an external entity', parse: parseJunit, text: () => repeat('<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>', ' ', 1, '<testsuite><testcase name="&x;"/></testsuite>') },
  { what: 'trx: a million results', parse: parseTrx, text: () => repeat('<TestRun><Results>', '<UnitTestResult testName="t" outcome="Passed"/>', 48 * megabyte, '</Results></TestRun>') },
  { what: 'tap: a million tests', parse: parseTap, text: () => repeat('', 'ok - a test\n', 12 * megabyte) },
  { what: 'tap: a line of 100 MB', parse: parseTap, text: () => repeat('1..1\nok 1 - ', 'a', 100 * megabyte, '\n') },
  { what: 'gotest: a million tests', parse: parseGoTest, text: () => repeat('', goEvent, 50 * megabyte) },
  { what: 'gotest: a line of 100 MB', parse: parseGoTest, text: () => repeat('{"Action":"output","Output":"', 'a', 100 * megabyte) },
  { what: 'ctrf: 100 MB', parse: parseCtrf, text: () => repeat('{"results":{"tests":["', 'a', 100 * megabyte, '"]}}') },
  { what: 'ctrf: lists ten million deep', parse: parseCtrf, text: () => repeat('', '[', 10 * megabyte) },
  { what: 'ctrf: a million tests', parse: parseCtrf, text: () => repeat('{"results":{"tests":[', '{"name":"t","status":"passed"},', 30 * megabyte, '{}]}}') },
  { what: 'cucumber: a million empty objects', parse: parseCucumber, text: () => repeat('[', '{},', 4 * megabyte, '{}]') },
];

for (const { what, parse, text } of inputs) {
  const parsed = parse(text());
  process.stdout.write(`${what}: ${parsed.ok ? `${parsed.tests.length} tests` : parsed.message}\n`);
}
