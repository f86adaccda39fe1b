import type { TestCase } from './test-case.ts';

/** What a result file or a log says, before it is asked whether that is enough. */
export type ParsedResults =
  | { readonly ok: true; readonly tests: readonly TestCase[] }
  | {
      readonly ok: false;
      readonly cause: 'results-missing' | 'results-invalid' | 'results-truncated' | 'no-tests';
      readonly message: string;
    };

export const maxTests = 1_000_000;

export function invalid(message: string): ParsedResults {
  return { ok: false, cause: 'results-invalid', message };
}

export function truncated(message: string): ParsedResults {
  return { ok: false, cause: 'results-truncated', message };
}
