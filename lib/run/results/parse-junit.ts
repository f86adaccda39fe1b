import { plural } from '../../plural.ts';
import { findingKind, toTestCase, type Finding } from './junit-elements.ts';
import { invalid, parseDocument, truncated, Unreadable, type ParsedResults } from './parsed-results.ts';
import { readXml, type Attributes, type XmlReader } from './read-xml.ts';
import { maxTextLength } from './sanitize.ts';
import type { TestCase } from './test-case.ts';
import { TestList } from './test-list.ts';
import type { TextChunks } from './text-lines.ts';

const roots: ReadonlySet<string> = new Set(['testsuites', 'testsuite', 'testcase']);

/** One JUnit XML document, in the dialect of any producer. */
export function parseJunit(xml: TextChunks): ParsedResults {
  return parseDocument('JUnit XML', () => {
    const reader = new JunitReader();
    readXml(xml, reader);
    return reader.finish();
  });
}

interface OpenTest {
  readonly attributes: Attributes;
  readonly findings: Finding[];
}

class JunitReader implements XmlReader {
  readonly #list = new TestList();
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
    this.#path.push(name);
    if (name === 'testsuite' || name === 'testsuites') this.#openSuite(attributes);
    else if (name === 'testcase') this.#openTest(attributes);
    else this.#openFinding(name, attributes);
  }

  text(text: string): void {
    if (this.#finding !== undefined && this.#finding.text.length <= maxTextLength * 4) this.#finding.text += text.slice(0, maxTextLength * 4);
  }

  close(name: string): void {
    const depth = this.#path.length;
    this.#path.pop();
    if (this.#finding?.depth === depth) this.#closeFinding(this.#finding);
    else if (name === 'testsuite' || name === 'testsuites') this.#suites.pop();
    else if (name === 'testcase' && this.#test !== undefined) {
      this.#list.add(toTestCase(this.#test.attributes, this.#suites, this.#test.findings));
      this.#test = undefined;
    }
  }

  finish(): ParsedResults {
    const { tests } = this.#list;
    if (this.#declaredFailures > 0 && this.#failures === 0 && !tests.some(isFailed)) {
      return invalid(`The JUnit XML declares ${plural(this.#declaredFailures, 'failure')} (or errors), but holds none.`);
    }
    if (this.#declaredTests > 0 && tests.length === 0) {
      return truncated(`The JUnit XML declares ${plural(this.#declaredTests, 'test')}, but holds none.`);
    }
    return { ok: true, tests };
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
    if (name === 'failure' || name === 'error') this.#failures++;
  }

  #closeFinding(finding: Finding): void {
    this.#finding = undefined;
    if (this.#test !== undefined) this.#test.findings.push(finding);
    // A suite that failed in its set-up has no test that could say so.
    else if (finding.kind === 'failure' || finding.kind === 'error') this.#list.add(toTestCase({ name: '(suite)' }, this.#suites, [finding]));
  }
}

function isFailed({ status }: TestCase): boolean {
  return status === 'failed' || status === 'error';
}

function toCount(attribute: string | undefined): number {
  return /^\d{1,9}$/.test(attribute ?? '') ? Number(attribute) : 0;
}
