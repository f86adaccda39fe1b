import type { z } from 'zod';
import type { Finding, Path } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** What zod says, in the words of the schema. */
export function toFindings(issues: readonly Issue[], parent: Path = []): readonly Finding[] {
  return issues.flatMap((issue) => fromIssue(issue, [...parent, ...(issue.path as (string | number)[])]));
}

function fromIssue(issue: Issue, path: Path): readonly Finding[] {
  if (issue.code === 'unrecognized_keys') return fromUnknownKeys(issue, path);
  if (issue.code === 'invalid_union') {
    const meant = isEmpty(issue.input) ? undefined : findMeantBranch(issue.errors);
    if (meant !== undefined) return toFindings(meant, path);
  }
  const [rule = '', hint] = issue.message.split('\n');
  const isKey = issue.code === 'custom' && issue.params?.['isKey'] === true;
  return [{ path, rule, hint, isKey }];
}

/** Their hints are the lines of the message: see `section`. */
function fromUnknownKeys({ keys, message }: z.core.$ZodIssueUnrecognizedKeys, path: Path): readonly Finding[] {
  const hints = message.split('\n');
  return keys.map((key, index) => ({ path: [...path, key], rule: 'is not known', hint: hints[index] }));
}

/**
 * Of the branches of a union that have the right type at all, the one with the fewest problems, if
 * it is one: `{ secret }` lacks a key, while as a ConfigMap it would lack two and have one too many.
 */
function findMeantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const candidates = branches
    .filter((issues) => issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys' || code === 'custom'))
    .toSorted((a, b) => countKeys(a) - countKeys(b));
  const [best, second] = candidates;
  return best !== undefined && second !== undefined && countKeys(best) === countKeys(second) ? undefined : best;
}

function isEmpty(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Object.keys(input).length === 0;
}

function countKeys(issues: readonly Issue[]): number {
  return issues.reduce((count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}
