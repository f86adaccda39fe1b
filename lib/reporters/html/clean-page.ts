import { printable } from '../render/sanitize.ts';
import type { PageData } from './page-data.ts';

/** Logs keep their colours, which the page turns into spans. */
const withColours = new Set(['logTail', 'text']);

/** A copy in which no text can turn the direction of what stands beside it, or hide in it. */
export function cleanPage(data: PageData): PageData;
export function cleanPage(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map((item: unknown) => cleanPage(item as PageData));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withColours.has(key) ? item : cleanPage(item as PageData)]));
}
