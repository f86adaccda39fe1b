import type { TestCase } from './test-case.ts';

/** What a result file or a log says, before it is asked whether that is enough. */
export type ParsedResults =
  | { readonly ok: true; readonly tests: readonly TestCase[] }
  | {
      readonly ok: false;
      readonly cause: 'results-missing' | 'results-invalid' | 'results-truncated' | 'no-tests';
      readonly message: string;
    };

/** A parser cannot go on; the message begins in the middle of a sentence. */
export class Unreadable extends Error {
  /** The source ends too early. */
  readonly isCutOff: boolean;

  constructor(message: string, { isCutOff = false }: { readonly isCutOff?: boolean } = {}) {
    super(message);
    this.isCutOff = isCutOff;
  }
}

/** Runs a parser of whole documents, and says what was wrong with one. */
export function parseDocument(format: string, parse: () => ParsedResults): ParsedResults {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.isCutOff ? truncated(`The ${format} is cut off: ${error.message}.`) : invalid(`The ${format} cannot be read: ${error.message}.`);
  }
}

export function invalid(message: string): ParsedResults {
  return { ok: false, cause: 'results-invalid', message };
}

export function truncated(message: string): ParsedResults {
  return { ok: false, cause: 'results-truncated', message };
}
