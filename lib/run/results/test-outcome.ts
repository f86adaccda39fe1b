import type { LogFormat } from '../../config/resolved.ts';

export type TestOutcome = 'passed' | 'failed' | 'skipped';

type ReadOutcome = (line: string) => TestOutcome | undefined;

/** JUnit XML comes when all is over. */
const readers: Readonly<Record<Exclude<LogFormat, 'junit'>, ReadOutcome>> = { tap: tapOutcome, gotest: goOutcome };

/** Reads, line by line, what the log of a running suite tells of its tests; undefined: its format tells nothing before the end. */
export function outcomeReader(format: LogFormat): ReadOutcome | undefined {
  return format === 'junit' ? undefined : readers[format];
}

/** A test point of the outermost level; its subtests are part of it. */
function tapOutcome(line: string): TestOutcome | undefined {
  const point = /^(not )?ok\b(.*)/.exec(line);
  if (point === null) return undefined;
  if (/\s#\s*(?:skip|todo)/i.test(point[2] ?? '')) return 'skipped';
  return point[1] === undefined ? 'passed' : 'failed';
}

const goOutcomes: Readonly<Record<string, TestOutcome>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

function goOutcome(line: string): TestOutcome | undefined {
  // Most lines are output, and need no parsing.
  if (!/"Action":\s*"(?:pass|fail|skip)"/.test(line)) return undefined;
  try {
    const { Action, Test } = JSON.parse(line) as { readonly Action?: string; readonly Test?: string };
    return Test === undefined || Action === undefined ? undefined : goOutcomes[Action];
  } catch {
    return undefined;
  }
}
