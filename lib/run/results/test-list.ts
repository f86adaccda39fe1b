import { Unreadable } from './parsed-results.ts';
import type { TestCase } from './test-case.ts';

export const maxTests = 250_000;

export interface TestListLimits {
  readonly maxTests: number;
  /** Characters of names and messages of all tests. */
  readonly maxText: number;
  /** Characters of the details of all tests; what is over is left out. */
  readonly maxDetails: number;
}

const defaultLimits: TestListLimits = { maxTests, maxText: 64 * 1024 * 1024, maxDetails: 32 * 1024 * 1024 };

/** Tests of one source, within limits. Nothing in them keeps the text alive that they were cut from. */
export class TestList {
  readonly tests: TestCase[] = [];
  readonly #limits: TestListLimits;
  #text = 0;
  #details = 0;
  #group = '';
  #file = '';

  constructor(limits: TestListLimits = defaultLimits) {
    this.#limits = limits;
  }

  add({ name, group, message, details, file, ...rest }: TestCase): void {
    if (this.tests.length >= this.#limits.maxTests) throw new Unreadable(`it has more than ${this.#limits.maxTests} tests`);
    if (group !== this.#group) this.#group = copyOf(group);
    if (file !== undefined && file !== this.#file) this.#file = copyOf(file);
    this.#text += name.length + group.length + (message?.length ?? 0) + (file?.length ?? 0);
    if (this.#text > this.#limits.maxText) throw new Unreadable(`the names and messages of its tests have more than ${this.#limits.maxText} characters`);
    this.#details += details?.length ?? 0;
    this.tests.push({
      ...rest,
      name: copyOf(name),
      group: this.#group,
      ...(message !== undefined && { message: copyOf(message) }),
      ...(details !== undefined && { details: this.#details > this.#limits.maxDetails ? '[left out: the results have too much text]' : copyOf(details) }),
      ...(file !== undefined && { file: this.#file }),
    });
  }
}

/** A slice of a string keeps the whole string alive; V8 has no other way to cut it loose. */
function copyOf(text: string): string {
  return text.length < shortestSlice ? text : Buffer.from(text).toString();
}

const shortestSlice = 13;
