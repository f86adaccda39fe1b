import { Document, isMap, isPair, isScalar, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Node } from 'yaml';
import { generatedBy } from './chart-files.ts';
import { doubleQuoted, hasControlCharacter } from './escape.ts';
import { Raw } from './raw.ts';
import { isWritten } from './values.ts';
import type { JsonValue, ValueField, ValueGroup } from './values.ts';
import { chartTags } from './yaml-tags.ts';

/** `values.yaml`, each value under its description. */
export function valuesYaml(values: ValueGroup): string {
  // Helm reads YAML 1.1: an env variable called `N` or `on` needs quotes.
  const document = new Document(toNode(toDefaults(values)), { version: '1.1', customTags: chartTags, aliasDuplicateObjects: false });
  document.commentBefore = ` ${generatedBy.slice(2)}\n Every value is optional in a values file of your own.`;
  comment(document.contents, values, true);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function comment(node: unknown, values: ValueGroup, top: boolean): void {
  if (!isMap(node)) return;
  for (const [index, pair] of node.items.entries()) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const member = values.members[String(pair.key.value)];
    if (member === undefined) continue;
    const lines = member.kind === 'field' ? [member.description] : [member.description, ...shapeLines(member)];
    const text = lines.filter((line) => line !== '').map((line) => ` ${line}`).join('\n');
    if (text !== '') pair.key.commentBefore = text;
    pair.key.spaceBefore = top && index > 0;
    if (member.kind === 'group' && member.shape === undefined && shapeLines(member).length === 0) comment(pair.value, member, false);
  }
}

/** Entries of one shape are explained once, above all of them. */
function shapeLines(values: ValueGroup): readonly string[] {
  const [first] = Object.values(values.members);
  if (first?.kind !== 'group' || first.shape === undefined) return [];
  return Object.entries(first.members).map(([name, member]) => `  ${name}: ${member.description}`);
}

function toDefaults(values: ValueField | ValueGroup): JsonValue {
  if (values.kind === 'field') return values.default;
  return Object.fromEntries(Object.entries(values.members).filter(([, member]) => isWritten(member)).map(([name, member]) => [name, toDefaults(member)]));
}

/** Lists and empty maps on one line, everything else below each other. */
function toNode(value: JsonValue): Node {
  if (typeof value === 'string' && hasControlCharacter(value)) return new Scalar(new Raw(doubleQuoted(value)));
  if (typeof value !== 'object') return new Scalar(value);
  if (Array.isArray(value)) {
    const seq = new YAMLSeq<Node>();
    seq.items = value.map(toNode);
    seq.flow = true;
    return seq;
  }
  const map = new YAMLMap<Node, Node>();
  map.items = Object.entries(value).map(([key, member]) => new Pair<Node, Node>(toNode(key), toNode(member as JsonValue)));
  return map;
}
