import type { z } from 'zod';

export interface ConfigProblem {
  /** `suites.worker.timeout` */
  readonly path: string;
  readonly rule: string;
  /** As JSON, cut; undefined when the rule says it all. */
  readonly received?: string;
  readonly hint?: string;
}

const longestReceived = 80;

export function toProblems(issues: readonly z.core.$ZodIssue[]): readonly ConfigProblem[] {
  return issues.flatMap((issue) => fromIssue(issue, issue.path));
}

function fromIssue(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): readonly ConfigProblem[] {
  if (issue.code === 'invalid_union') return fromUnion(issue, path);
  // The key of a record is judged by its own rule.
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => ({ ...toProblem(inner, path), received: show(path.at(-1)) }));
  }
  return [toProblem(issue, path)];
}

/** Of a union's branches, the one that went furthest is the one that was meant. */
function fromUnion(issue: z.core.$ZodIssueInvalidUnion, path: readonly PropertyKey[]): readonly ConfigProblem[] {
  const meant = issue.errors
    .filter((branch) => branch.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'))
    .toSorted((a, b) => a.length - b.length)
    .at(0);
  const isMissingKeyOnly = meant?.every((inner) => inner.code === 'invalid_type' && inner.input === undefined);
  if (meant === undefined || isMissingKeyOnly) return [toProblem(issue, path)];
  return meant.flatMap((inner) => fromIssue(inner, [...path, ...inner.path]));
}

function toProblem(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): ConfigProblem {
  const hint = issue.code === 'custom' && typeof issue.params?.['hint'] === 'string' ? issue.params['hint'] : undefined;
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  return {
    path: formatPath(path),
    rule: isMissing ? 'is required' : plainWords(issue.message),
    ...(isMissing || issue.code === 'unrecognized_keys' ? {} : { received: show(issue.input) }),
    ...(hint !== undefined && { hint }),
  };
}

function plainWords(message: string): string {
  return message.replace(/^Invalid input: expected (\w+), received \w+$/, 'must be of type $1').replace(/^Invalid option: expected one of /, 'must be one of ');
}

export function formatPath(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '(config)' : path.map((part) => (/^[\w-]+$/.test(String(part)) ? String(part) : JSON.stringify(String(part)))).join('.');
}

export function show(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
  return text.length > longestReceived ? `${text.slice(0, longestReceived)}…` : text;
}

/** One block a problem, in the order of their paths. */
export function formatProblems(problems: readonly ConfigProblem[], file: string): string {
  const blocks = problems.map(({ path, rule, received, hint }) =>
    [`  ${path}: ${rule}`, received && `      received: ${received}`, hint && `      hint: ${hint}`].filter(Boolean).join('\n'),
  );
  return [`${file} has ${problems.length} problem${problems.length === 1 ? '' : 's'}:`, ...blocks].join('\n');
}
