import { plural } from '../../plural.ts';
import { invalid, parseDocument, truncated, Unreadable, type ParsedResults } from './parsed-results.ts';
import { readXml, type Attributes, type XmlReader } from './read-xml.ts';
import { maxTextLength, sanitizeLine, sanitizeText } from './sanitize.ts';
import type { TestCase, TestStatus } from './test-case.ts';
import { maxTests, TestList } from './test-list.ts';
import type { TextChunks } from './text-lines.ts';

/** One TRX document, as Visual Studio's test platform writes it (`dotnet test --logger trx`). */
export function parseTrx(xml: TextChunks): ParsedResults {
  return parseDocument('TRX', () => {
    const reader = new TrxReader();
    readXml(xml, reader);
    return reader.finish();
  });
}

interface OpenResult {
  readonly attributes: Attributes;
  /** Results of data rows or of an ordered test: they are told instead of their sum. */
  hasInner: boolean;
  hasFailedInner: boolean;
  message: string;
  stack: string;
}

type Found = Omit<TestCase, 'group'> & { readonly testId: string };

class TrxReader implements XmlReader {
  readonly #path: string[] = [];
  readonly #open: OpenResult[] = [];
  readonly #found: Found[] = [];
  readonly #classes = new Map<string, string>();
  #unitTest = '';
  #outcome = '';
  #counters: Attributes = {};
  #runMessage = '';
  #results = 0;

  open(name: string, attributes: Attributes): void {
    const parent = this.#path.at(-1);
    if (parent === undefined && name !== 'TestRun') throw new Unreadable(`its root is <${sanitizeLine(name, 100)}>, not <TestRun>`);
    this.#path.push(name);
    if (parent === 'Results' || parent === 'InnerResults') this.#openResult(attributes);
    else if (parent === 'TestDefinitions') this.#unitTest = attributes['id'] ?? '';
    else if (name === 'TestMethod') this.#classes.set(this.#unitTest, attributes['className'] ?? '');
    else if (name === 'ResultSummary') this.#outcome = attributes['outcome'] ?? '';
    else if (name === 'Counters') this.#counters = attributes;
  }

  text(text: string): void {
    const element = this.#path.at(-1);
    const parent = this.#path.at(-2);
    const result = this.#open.at(-1);
    if (parent === 'ErrorInfo' && result !== undefined) {
      if (element === 'Message') result.message = append(result.message, text);
      if (element === 'StackTrace') result.stack = append(result.stack, text);
    }
    if (parent === 'RunInfo' && element === 'Text') this.#runMessage = append(this.#runMessage, text);
  }

  close(): void {
    this.#path.pop();
    const parent = this.#path.at(-1);
    if (parent === 'Results' || parent === 'InnerResults') this.#closeResult();
  }

  finish(): ParsedResults {
    const list = new TestList();
    for (const { testId, ...test } of this.#found) list.add({ ...test, group: sanitizeLine(this.#classes.get(testId) ?? '') });
    const hasFailed = list.tests.some(isFailed);
    const declared = toCount(this.#counters['total']);
    if (declared > this.#results) return truncated(`The TRX declares ${plural(declared, 'test')}, but holds ${this.#results}.`);
    const failures = toCount(this.#counters['failed']) + toCount(this.#counters['error']) + toCount(this.#counters['timeout']) + toCount(this.#counters['aborted']);
    if (failures > 0 && !hasFailed) return invalid(`The TRX declares ${plural(failures, 'failure')}, but holds none.`);
    // A test host that crashes leaves the tests that it had finished, and this; one that was cut off says that it goes on.
    if (!hasFailed && /^(?:failed|error|timeout|aborted|disconnected|inprogress|pending)$/i.test(this.#outcome)) list.add(this.#failedRun());
    return { ok: true, tests: list.tests };
  }

  #openResult(attributes: Attributes): void {
    this.#results++;
    const outer = this.#open.at(-1);
    if (outer !== undefined) outer.hasInner = true;
    this.#open.push({ attributes, hasInner: false, hasFailedInner: false, message: '', stack: '' });
  }

  #closeResult(): void {
    const result = this.#open.pop();
    if (result === undefined) return;
    const test = toTest(result);
    const outer = this.#open.at(-1);
    if (outer !== undefined) outer.hasFailedInner ||= result.hasFailedInner || isFailed(test);
    // A sum that failed by none of its parts did so by itself.
    if (result.hasInner && (result.hasFailedInner || !isFailed(test))) return;
    if (this.#found.push(test) > maxTests) throw new Unreadable(`it has more than ${maxTests} tests`);
  }

  #failedRun(): TestCase {
    const text = sanitizeText(this.#runMessage.trim());
    const message = sanitizeLine(text.split('\n', 1)[0] ?? '') || `The test run ended as ${sanitizeLine(this.#outcome, 100)}.`;
    return { name: '(run)', group: '', status: 'error', message, ...(text !== '' && text !== message && { details: text }) };
  }
}

function isFailed({ status }: Pick<TestCase, 'status'>): boolean {
  return status === 'failed' || status === 'error';
}

function toTest({ attributes, message, stack }: OpenResult): Found {
  const outcome = attributes['outcome'];
  const status = statuses.get(outcome?.toLowerCase() ?? '') ?? 'error';
  const durationMs = toMilliseconds(attributes['duration']);
  const text = sanitizeText(message.trim());
  const line = sanitizeLine(text.split('\n', 1)[0] ?? '') || (status === 'error' ? `The outcome is ${sanitizeLine(outcome ?? 'Error', 100)}.` : '');
  const details = sanitizeText([text, stack.trimEnd()].filter(Boolean).join('\n'));
  return {
    testId: attributes['testId'] ?? '',
    name: sanitizeLine(attributes['testName'] ?? '') || '(unnamed)',
    status,
    ...(durationMs !== undefined && { durationMs }),
    ...(status !== 'passed' && line !== '' && { message: line }),
    ...(status !== 'passed' && details !== '' && details !== line && { details }),
  };
}

/** Any other outcome is an error. A missing one as well: the test platform leaves out `Error`, its default. */
const statuses: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['passedbutrunaborted', 'passed'],
  ['completed', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['notexecuted', 'skipped'],
  ['inconclusive', 'skipped'],
]);

function append(text: string, more: string): string {
  return text.length > maxTextLength * 4 ? text : text + more.slice(0, maxTextLength * 4);
}

function toCount(attribute: string | undefined): number {
  return /^\d{1,9}$/.test(attribute ?? '') ? Number(attribute) : 0;
}

/** `[days.]hours:minutes:seconds[.fraction]` */
function toMilliseconds(duration: string | undefined): number | undefined {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d{1,9})\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d{1,9})?)$/.exec(duration ?? '') ?? [];
  if (seconds === undefined) return undefined;
  return Math.round(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60e6 + Number(seconds) * 1e6) / 1000;
}
