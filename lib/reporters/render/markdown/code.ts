import { linesOf, oneLine } from '../sanitize.ts';
import { cutMiddle, truncate } from '../text.ts';

/*
 * Text of suites and of the cluster stands in code only: there nothing is a link, an image, a mention, HTML or the
 * end of a table. What these functions get is sanitized.
 */

/** Text that means nothing in Markdown, wherever it stands in a line. */
const plain = /^[\p{L}\p{N}][\p{L}\p{N} ,.;:()'"%/=+-]*$/u;
const meaningful = /\/\/|www\.|^\d+[.)]/i;

/** One line as code. A pipe would end the cell of a table, in code as well. */
export function code(text: string, width = 200): string {
  const line = truncate(text, width).replaceAll('|', '¦');
  if (line === '') return '';
  const ticks = '`'.repeat(longestRun(line) + 1);
  const space = /^`|`$/.test(line) ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

/** A sentence as it is when it means nothing in Markdown, else as code. */
export function sentence(text: string, width = 400): string {
  const line = truncate(oneLine(text), width);
  return plain.test(line) && !meaningful.test(line) ? line : code(line, width);
}

export interface BlockLimits {
  readonly head: number;
  readonly tail: number;
  /** Characters of a line. */
  readonly width: number;
}

/** Lines as a block of code that nothing in them can end. */
export function block(text: string, { head, tail, width }: BlockLimits, language = 'text'): string {
  const lines = cutMiddle(linesOf(text), head, tail).map((line) => (line.length > width ? `${line.slice(0, width).toWellFormed()}…` : line));
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/** What a reader may open. HTML around, Markdown inside: hence the blank lines. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** One line as code in HTML. */
export function htmlCode(text: string, width = 200): string {
  const escaped = truncate(text, width).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', '&#96;');
  return `<code>${escaped}</code>`;
}

function longestRun(text: string): number {
  return text.matchAll(/`+/g).reduce((longest, [run]) => Math.max(longest, run.length), 0);
}
