/** What a suite, an image or a log may hold to fool a terminal, a CI system or a parser. */
export const hostileText = [
  '::error file=a.ts::from a suite',
  '   ::set-output name=x::indented',
  'before\r::warning::after a carriage return',
  '\u001b[2J\u001b]0;title\u0007\u001b[31mred \u009b31mC1',
  'legacy ##[add-path]/tmp and ##vso[task.setvariable variable=x]y',
  'NUL \0 BEL \u0007 backspace \b form feed \f',
  'line\u2028::error::separator\u0085::error::next line',
  'bidi \u202Eesrever\u202C zero\u200Bwidth',
  'xml ]]> <b a="1">&amp;</b> \uFFFE \uFFFF lone \uD800 pair \u{1F600}',
].join('\n');

/** A copy in which every string that is free text is hostile. */
export function poison<T>(value: T): T;
export function poison(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => poison(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, typeof item === 'string' && !ruled.has(key) ? hostileText : poison(item)]),
  );
}

/** Written by kubesuite itself or by Kubernetes in a fixed form. */
const ruled = new Set(['verdict', 'status', 'phase', 'startedAt', 'endedAt', 'queuedAt', 'at', 'since']);
