import { SaxesParser } from 'saxes';
import { findingKind, toTestCase, type Attributes, type Finding } from './junit-elements.ts';
import { invalid, maxTests, truncated, type ParsedResults } from './parsed-results.ts';
import { maxTextLength, sanitizeLine } from './sanitize.ts';
import type { TestCase } from './test-case.ts';

const maxDepth = 200;
const roots: ReadonlySet<string> = new Set(['testsuites', 'testsuite', 'testcase']);

/** One JUnit XML document, in the dialect of any producer. Document types are refused, so there are no entities to expand. */
export function parseJunit(xml: string): ParsedResults {
  const reader = new JunitReader();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Unreadable(sanitizeLine(error.message, 200).replace(/\.$/, ''));
  });
  parser.on('doctype', () => {
    throw new Unreadable('it has a document type, which is refused');
  });
  parser.on('opentag', ({ name, attributes }) => reader.open(name, attributes));
  parser.on('closetag', ({ name }) => reader.close(name));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  let isRead = false;
  try {
    parser.write(withoutIllegalCharacters(xml));
    isRead = true;
    parser.close();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // What the parser only misses at the end of the text has been cut off.
    return isRead ? truncated(`The JUnit XML is cut off: ${error.message}.`) : invalid(`The JUnit XML cannot be read: ${error.message}.`);
  }
  return reader.finish();
}

class Unreadable extends Error {}

interface OpenTest {
  readonly attributes: Attributes;
  readonly findings: Finding[];
}

class JunitReader {
  readonly #tests: TestCase[] = [];
  /** Attributes of the open suites, outermost first. */
  readonly #suites: Attributes[] = [];
  readonly #path: string[] = [];
  #test: OpenTest | undefined;
  #finding: { readonly kind: Finding['kind']; readonly message: string; readonly type: string; readonly depth: number; text: string } | undefined;
  #declaredTests = 0;
  #declaredFailures = 0;
  #failures = 0;

  open(name: string, attributes: Attributes): void {
    if (this.#path.length === 0 && !roots.has(name)) throw new Unreadable(`its root is <${name}>, not <testsuites>`);
    if (this.#path.push(name) > maxDepth) throw new Unreadable(`its elements are nested more than ${maxDepth} deep`);
    if (name === 'testsuite' || name === 'testsuites') this.#openSuite(attributes);
    else if (name === 'testcase') this.#openTest(attributes);
    else this.#openFinding(name, attributes);
  }

  text(text: string): void {
    if (this.#finding !== undefined && this.#finding.text.length <= maxTextLength * 4) this.#finding.text += text;
  }

  close(name: string): void {
    const depth = this.#path.length;
    this.#path.pop();
    if (this.#finding?.depth === depth) this.#closeFinding(this.#finding);
    else if (name === 'testsuite' || name === 'testsuites') this.#suites.pop();
    else if (name === 'testcase' && this.#test !== undefined) {
      this.#add(toTestCase(this.#test.attributes, this.#suites, this.#test.findings));
      this.#test = undefined;
    }
  }

  finish(): ParsedResults {
    if (this.#declaredFailures > 0 && this.#failures === 0 && !this.#tests.some(isFailed)) {
      return invalid(`The JUnit XML declares ${this.#declaredFailures} failures and errors, but holds none.`);
    }
    if (this.#declaredTests > 0 && this.#tests.length === 0) {
      return truncated(`The JUnit XML declares ${this.#declaredTests} tests, but holds none.`);
    }
    return { ok: true, tests: this.#tests };
  }

  #openSuite(attributes: Attributes): void {
    this.#suites.push(attributes);
    // Sums of a suite include those of its children, so only the largest is known to be right.
    this.#declaredTests = Math.max(this.#declaredTests, toCount(attributes['tests']));
    this.#declaredFailures = Math.max(this.#declaredFailures, toCount(attributes['failures']) + toCount(attributes['errors']));
  }

  #openTest(attributes: Attributes): void {
    if (this.#test !== undefined) throw new Unreadable('a <testcase> lies within another one');
    this.#test = { attributes, findings: [] };
  }

  #openFinding(name: string, attributes: Attributes): void {
    const kind = findingKind(name, attributes);
    if (kind === undefined || this.#finding !== undefined) return;
    this.#finding = { kind, message: attributes['message'] ?? '', type: attributes['type'] ?? '', depth: this.#path.length, text: '' };
    if (kind === 'failure' || kind === 'error') this.#failures++;
  }

  #closeFinding(finding: Finding): void {
    this.#finding = undefined;
    if (this.#test !== undefined) this.#test.findings.push(finding);
    // A suite that failed in its set-up has no test that could say so.
    else if (finding.kind === 'failure' || finding.kind === 'error') this.#add(toTestCase({ name: '(suite)' }, this.#suites, [finding]));
  }

  #add(test: TestCase): void {
    if (this.#tests.push(test) > maxTests) throw new Unreadable(`it has more than ${maxTests} tests`);
  }
}

function isFailed({ status }: TestCase): boolean {
  return status === 'failed' || status === 'error';
}

function toCount(attribute: string | undefined): number {
  return /^\d{1,9}$/.test(attribute ?? '') ? Number(attribute) : 0;
}

const escape = '\u001b';
const colours = new RegExp(`(?:${escape}|&#(?:27|x0*1b);)\\[[\\d;?]*[a-z]`, 'giu');

/** Terminal escapes of a test's output are the usual reason for XML that is none, and say nothing about the tests. */
function withoutIllegalCharacters(xml: string): string {
  const legal = xml.toWellFormed().replaceAll(colours, '').replaceAll(/(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd');
  if (!legal.includes('&#')) return legal;
  return legal.replaceAll(/&#(?:x([0-9a-f]{1,8})|(\d{1,8}));/gi, (reference, hex: string | undefined, decimal: string | undefined) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return isLegal(code) ? reference : '\ufffd';
  });
}

function isLegal(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
