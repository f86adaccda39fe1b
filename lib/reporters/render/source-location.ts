import type { TestCase } from '../../run/results/test-case.ts';

export interface SourceLocation {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
}

// `at f (/app/a.test.ts:3:9)`, `tests/a.py:41: Error`, `File "a.py", line 41`, `(in test file a.bats, line 7)`, `Foo.java:12`.
const frame = /(?<file>[\w@./\\+-]{0,300}[\w-]\.[A-Za-z]{1,6})(?:", line |, line |:)(?<line>\d{1,7})\b/g;
const ofLibraries = /(?:^|[/\\])(?:node_modules|site-packages|dist-packages|vendor|gems)[/\\]|^(?:node:|\/usr\/)/;
/** A stack names its place at one end; what lies far behind is output. */
const longestSearch = 20_000;

/** Where a failure happened, when its format or its stack tells. */
export function locationOf({ file, line, message = '', details = '' }: TestCase): SourceLocation | undefined {
  const frames = findFrames(`${message.slice(0, longestSearch)}\n${details.slice(0, longestSearch)}`);
  if (file === undefined || file === '') return frames[0];
  if (line !== undefined) return { file, line };
  return { file, ...lineIn(frames, file) };
}

function findFrames(text: string): readonly SourceLocation[] {
  return [...text.matchAll(frame)]
    .map(({ groups }) => ({ file: groups?.['file'] ?? '', line: Number(groups?.['line']) }))
    .filter(({ file, line }) => line > 0 && !ofLibraries.test(file));
}

function lineIn(frames: readonly SourceLocation[], file: string): Pick<SourceLocation, 'line'> {
  const found = frames.find((candidate) => candidate.file === file || candidate.file.endsWith(`/${file}`) || file.endsWith(`/${candidate.file}`));
  return found?.line === undefined ? {} : { line: found.line };
}
