import stringWidth from 'string-width';
import { oneLine } from './sanitize.ts';

const graphemes = new Intl.Segmenter();
/** Code units; longer ones exist, and are cut. */
const longestGrapheme = 16;

/** Columns that a terminal needs for the text. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** One line of at most `width` columns. Not for text that has colors already. */
export function truncate(text: string, width: number): string {
  // Measuring takes time; what is far behind the edge is not looked at.
  const line = oneLine(text.length > width * longestGrapheme ? text.slice(0, width * longestGrapheme) : text);
  if (widthOf(line) <= width) return line;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(line)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept.trimEnd()}…`;
}

/** One line of exactly `width` columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const line = truncate(text, width);
  const space = ' '.repeat(Math.max(0, width - widthOf(line)));
  return side === 'right' ? line + space : space + line;
}

/** Keeps the first and the last lines, and says how many are left out. */
export function cutMiddle(lines: readonly string[], head: number, tail: number): readonly string[] {
  const left = lines.length - head - tail;
  if (left <= 1) return lines;
  return [...lines.slice(0, head), `… ${left} lines left out …`, ...lines.slice(lines.length - tail)];
}
