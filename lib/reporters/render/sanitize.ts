import { stripSequences } from '../../run/results/sanitize.ts';

// C0, DEL and C1 without line feed; then marks that reorder or hide text on a terminal (bidi, zero width, BOM).
// oxlint-disable-next-line no-control-regex
const unprintable = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Text of a suite without escapes, control characters except line feeds, and marks that reorder or hide text. */
export function printable(text: string): string {
  return stripSequences(text.toWellFormed())
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(unprintable, '');
}

/**
 * Text of a suite as a terminal and a CI log may show it. GitHub's runner and Azure Pipelines obey `##[…]` and `##vso[…]` anywhere in a line.
 */
export function sanitize(text: string): string {
  return printable(text).replaceAll(/##(?=\w*\[)/g, '# #');
}

/** A copy of plain data in which every string is safe to print; so no field can be forgotten. */
export function sanitizeDeep<T>(value: T): T;
export function sanitizeDeep(value: unknown): unknown {
  if (typeof value === 'string') return sanitize(value);
  if (Array.isArray(value)) return value.map((item: unknown) => sanitizeDeep(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sanitizeDeep(item)]));
}

export function oneLine(text: string): string {
  // An expression with blanks before the line feed takes quadratic time where there is none.
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
}

/** The lines of a block, without empty ones at both ends. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first, last + 1);
}
