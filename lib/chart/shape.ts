import { hasControlCharacter } from './escape.ts';
import { controlOf, hasHole, partsOf } from './hole.ts';
import type { TextPart } from './hole.ts';

/** A string literal inside of an expression. */
export const goLiteral = /"(?:[^"\\]|\\.)*"|`[^`]*`/g;

/**
 * What two values must have in common so that one template renders both, with what differs as data:
 * keys, lengths of lists, expressions. Texts and whole numbers may differ, and lists of texts in their length.
 */
export function shapeOf(value: unknown): string {
  if (typeof value === 'string') return shapeOfText(value);
  if (Number.isInteger(value)) return '#';
  if (Array.isArray(value)) return isTextList(value) ? '[*]' : `[${value.map(shapeOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  return `{${Object.entries(value).map(([key, member]) => `${shapeOfKey(key)}:${isItems(key) ? `(${(member as readonly unknown[]).map(shapeOf).join(',')})` : shapeOf(member)}`).join(',')}}`;
}

export function shapeOfExpression(expression: string): string {
  return expression.replaceAll(goLiteral, '""');
}

/** A list that may have another length in another value of the same shape. */
function isTextList(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every((item) => typeof item === 'string' && isData(item));
}

/** Whether the key stands for items of a list under a control, which are no list of their own. */
export function isItems(key: string): boolean {
  return controlOf(key)?.key === '';
}

function shapeOfText(text: string): string {
  if (!hasHole(text)) return isData(text) ? '$' : JSON.stringify(text);
  const parts = partsOf(text);
  return parts.every(mayDiffer) ? parts.map(shapeOfPart).join('+') : JSON.stringify(text);
}

/** Names of fields are never data; only what is said of them in expressions. */
function shapeOfKey(key: string): string {
  return partsOf(key).map((part) => (part.kind === 'text' ? JSON.stringify(part.text) : shapeOfPart(part))).join('+');
}

function shapeOfPart(part: TextPart): string {
  return part.kind === 'text' ? '$' : `${part.kind}(${shapeOfExpression(part.expression)})`;
}

/** Text beside a hole is cut anywhere, and written into YAML's single quotes as it is. */
function mayDiffer(part: TextPart): boolean {
  return part.kind !== 'text' || (!/['\n\u{10000}-\u{10FFFF}]/u.test(part.text) && !hasControlCharacter(part.text));
}

/** Go's `quote` writes any other text as YAML reads it. */
function isData(text: string): boolean {
  return !hasHole(text) && !hasControlCharacter(text);
}
