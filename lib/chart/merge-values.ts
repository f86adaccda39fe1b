import { each, hole, partsOf, toHole } from './hole.ts';
import type { TextPart } from './hole.ts';
import { goLiteral, isItems } from './shape.ts';

/** Where the parts go that are not the same in all values. */
export interface DataColumns {
  /** Expression that gives the value of the entry at hand. */
  expressionOf(values: readonly (string | number | readonly string[])[]): string;
  /** Key of each entry, which may be part of its texts. */
  readonly keys: readonly string[];
}

/** One value for values of the same shape, one of each entry: what differs is a hole. */
export function mergeValues(values: readonly unknown[], columns: DataColumns): unknown {
  const [first] = values;
  if (typeof first === 'string') return mergeTexts(values as readonly string[], columns);
  if (Array.isArray(first)) return mergeLists(values as readonly (readonly unknown[])[], columns);
  if (typeof first === 'object' && first !== null) return mergeMaps(values as readonly object[], columns);
  return allEqual(values) ? first : hole.int(columns.expressionOf(values as readonly number[]));
}

/** An expression for expressions that differ in their string literals only. */
export function mergeExpressions(expressions: readonly string[], columns: DataColumns): string {
  const [first = ''] = expressions;
  if (allEqual(expressions)) return first;
  const literals = expressions.map((expression) => [...expression.matchAll(goLiteral)].map((match) => match[0]));
  let index = 0;
  return first.replaceAll(goLiteral, (literal) => {
    const column = literals.map((own) => own[index] ?? '""');
    index += 1;
    return allEqual(column) ? literal : asArgument(columns.expressionOf(column.map(textOf)));
  });
}

function mergeMaps(maps: readonly object[], columns: DataColumns): object {
  const entries = maps.map((map) => Object.entries(map));
  const merged = (entries[0] ?? []).map((_, index) => {
    const fields = entries.map((own) => own[index] ?? (['', undefined] as const));
    const key = mergeKeys(fields.map(([name]) => name), columns);
    const members = fields.map(([, member]) => member as unknown);
    return [key, isItems(key) ? mergeItems(members as readonly (readonly unknown[])[], columns) : mergeValues(members, columns)];
  });
  return Object.fromEntries(merged) as object;
}

function mergeLists(lists: readonly (readonly unknown[])[], columns: DataColumns): readonly unknown[] {
  if (allEqual(lists.map(({ length }) => length))) return mergeItems(lists, columns);
  return each(`range ${columns.expressionOf(lists as readonly (readonly string[])[])}`, [hole.string('.')]);
}

function mergeItems(lists: readonly (readonly unknown[])[], columns: DataColumns): readonly unknown[] {
  return (lists[0] ?? []).map((_, index) => mergeValues(lists.map((list) => list[index]), columns));
}

function mergeTexts(texts: readonly string[], columns: DataColumns): string {
  if (allEqual(texts)) return texts[0] ?? '';
  const parts = texts.map(partsOf);
  if (parts.every(([only, ...others]) => only?.kind === 'text' && others.length === 0)) return hole.string(columns.expressionOf(texts));
  return mergeParts(parts, (column) => mergeText(column, columns), columns);
}

function mergeKeys(keys: readonly string[], columns: DataColumns): string {
  return allEqual(keys) ? (keys[0] ?? '') : mergeParts(keys.map(partsOf), ([text = '']) => text, columns);
}

function mergeParts(parts: readonly (readonly TextPart[])[], toText: (texts: readonly string[]) => string, columns: DataColumns): string {
  return (parts[0] ?? [])
    .map(({ kind }, index) => {
      const own = parts.map((of) => of[index]);
      if (kind === 'text') return toText(own.map((part) => (part?.kind === 'text' ? part.text : '')));
      return toHole(kind, mergeExpressions(own.map((part) => (part === undefined || part.kind === 'text' ? '' : part.expression)), columns));
    })
    .join('');
}

/** Text between holes: what all have at its ends is written, and so is the key of the entry. */
function mergeText(texts: readonly string[], columns: DataColumns): string {
  const head = commonPrefix(texts);
  const rests = texts.map((text) => text.slice(head.length));
  if (rests.every((rest) => rest === '')) return head;
  if (rests.every((rest, index) => rest.startsWith(columns.keys[index] ?? ''))) {
    return `${head}${hole.raw(columns.expressionOf(columns.keys))}${mergeText(rests.map((rest, index) => rest.slice(columns.keys[index]?.length)), columns)}`;
  }
  const tail = reversed(commonPrefix(rests.map(reversed)));
  return `${head}${hole.raw(columns.expressionOf(rests.map((rest) => rest.slice(0, rest.length - tail.length))))}${tail}`;
}

function commonPrefix(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = first.length;
  for (const text of texts) while (!text.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}

function textOf(literal: string): string {
  return literal.startsWith('`') ? literal.slice(1, -1) : (JSON.parse(literal) as string);
}

function asArgument(expression: string): string {
  return expression.includes(' ') ? `(${expression})` : expression;
}

function allEqual(values: readonly unknown[]): boolean {
  return values.every((value) => value === values[0]);
}
