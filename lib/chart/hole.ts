import type { k8s } from 'cdk8s-plus-28';

// Private-use characters: they survive cdk8s' resolvers, sorting and JSON untouched.
const open = '\u{E000}';
const close = '\u{E001}';
const marker = /\u{E000}(\w+) ([^\u{E000}\u{E001}]*)\u{E001}/u;

/** A place in a manifest that Helm fills in. A plain string on the way, so cdk8s lets it pass. */
export type Hole = string & { readonly __hole: unique symbol };

export type HoleKind = 'string' | 'int' | 'bool' | 'block' | 'yaml' | 'raw';

/** A Kubernetes type of which every part may be a hole. */
export type Templated<T> = T extends string | number | boolean | undefined
  ? T | Hole
  : T extends k8s.Quantity | k8s.IntOrString
    ? string | number
    : T extends readonly (infer Item)[]
      ? readonly Templated<Item>[] | Hole
      : { readonly [Key in keyof T]: Templated<T[Key]> } | Hole;

/**
 * Makes holes of Go template expressions without braces; each kind knows how its value becomes YAML.
 * A hole may stand for a whole value or, except for a block and YAML, inside of a text. Every other `{{` is escaped.
 */
export const hole = {
  /** `{{ expression | quote }}` */
  string: (expression: string): Hole => toHole('string', expression),
  /** `{{ expression | int64 }}`: numbers of values.yaml are floats to Helm. */
  int: (expression: string): Hole => toHole('int', expression),
  /** `{{ expression }}` */
  bool: (expression: string): Hole => toHole('bool', expression),
  /** A map or list, indented as its place needs: `{{- toYaml expression | nindent 12 }}` */
  block: (expression: string): Hole => toHole('block', expression),
  /** A map or list that the expression gives as YAML text: `{{- expression | nindent 12 }}` */
  yaml: (expression: string): Hole => toHole('yaml', expression),
  /** Inside of a text, for values that need no quoting: `worker-{{ $shard }}` */
  raw: (expression: string): Hole => toHole('raw', expression),
} as const;

/**
 * Fields that exist only under a control such as `if $suite.enabled`:
 * `{ name: 'x', ...when('if .Values.a', { b: 1 }) }`.
 * @param control - an action that `{{- end }}` closes: `if`, `with` or `range`, without braces
 * @param fields - any part may be a hole; each field gets the control for itself
 * @returns fields to spread into an object of a HelmObject
 */
export function when<Fields extends object>(control: string, fields: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [`${toHole('control', control)}${key}`, value]),
  ) as Partial<Fields>;
}

/**
 * List items under a control such as `range $key, $value := $suite.env`: `[a, ...each('if x', [b])]`.
 * @param control - an action that `{{- end }}` closes: `if`, `with` or `range`, without braces
 * @param items - any part may be a hole
 * @returns items to spread into a list of a HelmObject
 */
export function each<Item>(control: string, items: readonly Item[]): readonly Item[] {
  return [{ [toHole('control', control)]: items } as Item];
}

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: HoleKind | 'control'; readonly expression: string };

/** Splits a string into plain text and holes. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let rest = text;
  for (let match = marker.exec(rest); match !== null; match = marker.exec(rest)) {
    if (match.index > 0) parts.push({ kind: 'text', text: rest.slice(0, match.index) });
    parts.push({ kind: match[1] as HoleKind, expression: match[2] ?? '' });
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '' || parts.length === 0) parts.push({ kind: 'text', text: rest });
  return parts;
}

export function hasHole(text: string): boolean {
  return text.includes(open);
}

/** A key that `when` or `each` made, taken apart. */
export function controlOf(key: string): { readonly control: string; readonly key: string } | undefined {
  if (!key.startsWith(open)) return undefined;
  const end = key.indexOf(close);
  return { control: key.slice(`${open}control `.length, end), key: key.slice(end + 1) };
}

/** A hole of a kind that `partsOf` gave, with another expression. */
export function toHole(kind: HoleKind | 'control', expression: string): Hole {
  return `${open}${kind} ${expression}${close}` as Hole;
}
