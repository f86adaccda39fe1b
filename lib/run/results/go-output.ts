import { sanitizeLine } from './sanitize.ts';
import type { TestCase } from './test-case.ts';

/** Lines that `go test -v` wraps around a test's own output. */
export function isGoFraming(line: string): boolean {
  return /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)\s|--- (?:PASS|FAIL|SKIP): )/.test(line);
}

/** Where a test failed and with which words: a panic, else the last line that `t.Error` and its kin wrote. */
export function goOutputLocation(output: string): Pick<TestCase, 'message' | 'file' | 'line'> {
  const panic = /^panic: (.+)$/m.exec(output)?.[1];
  if (panic !== undefined) return { message: sanitizeLine(`panic: ${panic}`) };
  let last: RegExpExecArray | undefined;
  for (const match of output.matchAll(/^\s+([^\s:]+\.go):(\d+): (.*)$/gm)) last = match;
  if (last === undefined) return {};
  const [, file = '', line, message = ''] = last;
  return { message: sanitizeLine(message), file: sanitizeLine(file), line: Number(line) };
}
