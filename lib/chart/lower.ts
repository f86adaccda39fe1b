import { Pair, Scalar, YAMLMap } from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import { doubleQuoted, escapeTemplate, hasControlCharacter, isPlain, singleQuoted } from './escape.ts';
import { controlOf, hasHole, partsOf } from './hole.ts';
import { ControlledPair, ControlledSeq } from './controlled-nodes.ts';
import { Raw } from './raw.ts';

/** What a reader looks for first; every other key follows in alphabetical order. */
const leadingKeys = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'image', 'imagePullPolicy', 'command', 'args'];
const rank = new Map(leadingKeys.map((key, index) => [key, index]));

/** Turns a manifest with holes into YAML nodes. Keys are sorted here, whatever CDK8S_DISABLE_SORT says. */
export function lower(value: unknown): Node {
  if (typeof value === 'string') return lowerText(value);
  if (Array.isArray(value)) return lowerList(value);
  if (typeof value === 'object' && value !== null) return lowerMap(value as Readonly<Record<string, unknown>>);
  return new Scalar(value);
}

function lowerMap(map: Readonly<Record<string, unknown>>): YAMLMap {
  const fields = Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ control: '', key: name, ...controlOf(name), value }));
  fields.sort((a, b) => compareKeys(a.key, b.key) || compareText(a.control, b.control));
  const node = new YAMLMap();
  for (const { control, key, value } of fields) {
    const name = lowerText(key);
    const last: unknown = node.items.at(-1);
    if (control === '') node.items.push(new Pair(name, lower(value)));
    // A range over fields would give each of them as often as it has entries, in another order.
    else if (last instanceof ControlledPair && last.control === control && !control.startsWith('range ')) last.add(name, lower(value));
    else node.items.push(new ControlledPair(name, lower(value), control));
  }
  return node;
}

function lowerList(list: readonly unknown[]): YAMLSeq {
  const seq = new ControlledSeq();
  for (const item of list) {
    const controlled = toControlled(item);
    if (controlled === undefined) seq.addItem(lower(item));
    else seq.addControlled(controlled.control, controlled.items.map(lower));
  }
  return seq;
}

function toControlled(item: unknown): { readonly control: string; readonly items: readonly unknown[] } | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const [only, ...others] = Object.entries(item);
  if (only === undefined || others.length > 0) return undefined;
  const parsed = controlOf(only[0]);
  return parsed?.key === '' ? { control: parsed.control, items: only[1] as readonly unknown[] } : undefined;
}

function lowerText(text: string): Scalar {
  // Most texts of a chart are of this kind; it saves the yaml library a third of its work.
  if (isPlain(text)) return new Scalar(new Raw(text));
  if (hasHole(text)) return new Scalar(lowerHoles(text));
  const escaped = escapeTemplate(text);
  if (hasControlCharacter(text)) return new Scalar(new Raw(doubleQuoted(escaped)));
  const scalar = new Scalar(escaped);
  // An escaped text must stay quoted after Helm has put the braces back.
  if (escaped !== text && !text.includes('\n')) scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}

function lowerHoles(text: string): Raw {
  const parts = partsOf(text);
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.kind !== 'text') {
    if (only.kind === 'block') return new Raw((indent) => `\n${indent}{{- toYaml ${only.expression} | nindent ${indent.length} }}`);
    if (only.kind === 'yaml') return new Raw((indent) => `\n${indent}{{- ${only.expression} | nindent ${indent.length} }}`);
    return new Raw(`{{ ${only.expression}${filters[only.kind]} }}`);
  }
  // Go's lexer would read `{{{` as an action that starts with `{`.
  const body = parts
    .map((part) => {
      if (part.kind === 'text') return escapeTemplate(part.text).replace(/\{$/, '{{ `{` }}');
      return `{{ ${part.expression}${part.kind === 'int' ? filters.int : ''} }}`;
    })
    .join('');
  return new Raw(hasControlCharacter(body) || body.includes('\n') ? doubleQuoted(body) : singleQuoted(body));
}

const filters = { string: ' | quote', int: ' | int64', bool: '', raw: '', block: '', yaml: '', control: '' } as const;

function compareKeys(a: string, b: string): number {
  return (rank.get(a) ?? leadingKeys.length) - (rank.get(b) ?? leadingKeys.length) || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
