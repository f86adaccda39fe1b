// oxlint-disable-next-line no-control-regex
const ansi = /\u001b\[[\d;?]*[A-Za-z]|\u001b\(B|\u000f/g;

/** The last line of the log that matches, without colours. A log without one has no summary, and nothing can be compared. */
export function lastLine(log: string, pattern: RegExp): string {
  return lastLines(log, pattern).split('\n', 1)[0] ?? '';
}

/** That line and all after it, for a summary of many lines. */
export function lastLines(log: string, pattern: RegExp): string {
  const lines = log.replaceAll(ansi, '').split(/\r?\n/);
  const index = lines.findLastIndex((text) => pattern.test(text));
  if (index === -1) throw new Error(`The log has no line like ${pattern}:\n${log}`);
  return lines.slice(index).join('\n');
}

/** `3` of `1 failed, 3 passed` for `passed`; frameworks leave out what is zero. */
export function numberBefore(line: string, word: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}

/** `3` of `Tests: 3, Errors: 1` for `Tests`, and of `Failed Suites 3` for `Failed Suites`. */
export function numberAfter(line: string, word: string): number {
  return Number(new RegExp(`\\b${word}:? (\\d+)`).exec(line)?.[1] ?? 0);
}
