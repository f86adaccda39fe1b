import { inspect } from 'node:util';
import { plural } from '../plural.ts';

/** One thing that is wrong with a config. */
export interface ConfigProblem {
  /** `suites.worker.timeout` */
  readonly path: string;
  /** What must hold there. */
  readonly rule: string;
  /** What was found there, as JavaScript writes it. */
  readonly received: string;
  /** What to do about it. */
  readonly hint?: string;
}

export type Path = readonly (string | number)[];

/** A problem before it is put into words. */
export interface Finding {
  readonly path: Path;
  readonly rule: string;
  /** Only where it is not what stands at the path. */
  readonly received?: unknown;
  readonly hint?: string | undefined;
  /** Whether the last key of the path is wrong, and not its value. */
  readonly isKey?: boolean;
}

/** Problems in the order of the config, one for each key and value. */
export function toProblems(findings: readonly Finding[], input: unknown): readonly ConfigProblem[] {
  const ordered = findings
    .map((finding) => ({ finding, position: positionOf(finding.path, input) }))
    .toSorted((a, b) => comparePositions(a.position, b.position) || Number(b.finding.isKey ?? false) - Number(a.finding.isKey ?? false));
  const places = Map.groupBy(ordered, ({ finding: { path, isKey = false } }) => JSON.stringify([path, isKey]));
  return [...places.values()].flatMap(([first]) => (first === undefined ? [] : [toProblem(first.finding, input)]));
}

function toProblem({ path, rule, received, hint, isKey }: Finding, input: unknown): ConfigProblem {
  const found = isKey === true ? path.at(-1) : path.reduce(valueOf, input);
  return { path: formatPath(path), rule, received: show(received ?? found), ...(hint !== undefined && { hint }) };
}

/** A block for each problem, under a line with their number. */
export function formatProblems(problems: readonly ConfigProblem[], file: string): string {
  const blocks = problems.map(({ path, rule, received, hint }) =>
    [`${path}: ${rule}`, `  received: ${received}`, ...(hint === undefined ? [] : [`  hint: ${hint}`])].join('\n'),
  );
  return [`${file} has ${plural(problems.length, 'problem')}:`, ...blocks].join('\n\n');
}

function formatPath(path: Path): string {
  if (path.length === 0) return 'config';
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${inspect(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

const longestReceived = 100;

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY, compact: true, customInspect: false, maxStringLength: longestReceived });
  return text.length > longestReceived ? `${text.slice(0, longestReceived)}…` : text;
}

/** Where each key of a path stands among its siblings. */
function positionOf(path: Path, input: unknown): readonly number[] {
  let value = input;
  return path.map((key) => {
    const index = typeof value === 'object' && value !== null ? Object.keys(value).indexOf(String(key)) : -1;
    value = valueOf(value, key);
    return index;
  });
}

/** Getters are not asked: they may throw. */
function valueOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** Missing keys have no place and come first; a whole comes before its parts. */
function comparePositions(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((place, at) => place !== b[at]);
  if (index === -1) return a.length - b.length;
  return (a[index] ?? -1) - (b[index] ?? -2);
}
