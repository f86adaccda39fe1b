import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { generatedBy } from './chart-files.ts';
import { escapeTemplate } from './escape.ts';
import { includeSpec } from './helm-object.ts';
import { hasHole } from './hole.ts';
import { mergeParts, shapeOfParts } from './merge-parts.ts';
import { RangeRows } from './range-rows.ts';
import { defined, receive, renderBody, renderDefinitions } from './template-parts.ts';
import type { TemplateParts } from './template-parts.ts';

/** Path of the file and the names in it. */
export interface RangeFileProps {
  /** Name of the Helm chart, with which the names of its templates start. */
  readonly chart: string;
  /** Path below `templates/`. */
  readonly path: string;
  /** Map of `.Values` with the values of each entry; whoever gives values of an unknown one is told. */
  readonly values: string;
}

/** A template file that became an entry of a range. */
export interface RangeEntry {
  readonly key: string;
  readonly parts: TemplateParts;
}

/** Variables of everything in the file: the root context, key and data of the entry at hand. */
const variables = ['$', '$entry', '$row'];
const ofShape = (prefix: string): string => `(printf ${JSON.stringify(`${prefix}.%v`)} (index $row 1))`;

/**
 * One template file for all the TemplateFiles in it: those of one shape become one named template,
 * which a `range` calls with what differs as data. Whatever Helm makes of it is what it would make
 * of the single files, at a fraction of their size.
 */
export class RangeFile extends Chart {
  /** Path below `templates/`. */
  readonly path: string;
  readonly #props: RangeFileProps;

  constructor(scope: Construct, id: string, props: RangeFileProps) {
    super(scope, id);
    this.path = props.path;
    this.#props = props;
  }

  /** `instanceof` cannot tell: cdk8s answers it for all Charts. */
  static isRangeFile(construct: IConstruct | undefined): construct is RangeFile {
    return construct !== undefined && #props in construct;
  }

  /** The file's text; `HelmApp` calls it. */
  render(entries: readonly RangeEntry[]): string {
    const { chart, values } = this.#props;
    const rows = new Map<unknown, string>();
    const shapes = [...Map.groupBy(entries.map(withSharedNames), ({ parts }) => shapeOfParts(parts)).values()].map((group, index) => {
      const shape = index + 1;
      const data = new RangeRows(group.map(({ key }) => key));
      const parts = mergeParts(group.map((entry) => entry.parts), data);
      for (const row of data.toRows(shape)) rows.set(row[0], JSON.stringify(row));
      return [...renderDefinitions(nameAfter(parts, shape)), defined(`${chart}.entry.${shape}`, [...receive(variables), ...renderBody(parts)].join('\n'))];
    });
    // A line each, so that a change of one entry touches one line, in the order of the entries.
    const lines = entries.map(({ key }) => rows.get(key));
    const data = defined(`${chart}.rows`, `[\n${escapeTemplate(lines.join(',\n'))}\n]`);
    const range = [
      '{{- $known := dict }}',
      ...eachRow(chart),
      '{{- $_ := set $known $entry $row -}}',
      // The schema knows no names, so none is required by it.
      `{{- if not (index $.Values.${values} $entry) }}`,
      `{{- fail (printf "values: '${values}.%s' must not be null" $entry) }}`,
      '{{- end }}',
      '{{- end }}',
      `{{- range $entry, $_ := $.Values.${values} }}`,
      '{{- if not (hasKey $known $entry) }}',
      `{{- fail (printf "values: '${values}.%s' belongs to nothing in this chart" $entry) }}`,
      '{{- end }}',
      '{{- end }}',
      ...eachRow(chart),
      `{{- ${includeOfEntry(`${chart}.entry`)} }}`,
      '{{- end }}',
    ];
    return `${[generatedBy, data, ...shapes.flat(), ...range].join('\n')}\n`;
  }
}

/** The head of a `range` over all entries, which sets what `includeOfEntry` needs. */
export function eachRow(chart: string): readonly string[] {
  return [`{{- range $row := include ${JSON.stringify(`${chart}.rows`)} $ | fromJsonArray -}}`, '{{- $entry := index $row 0 -}}'];
}

/** Calls a named template of the entry at hand. */
export function includeOfEntry(prefix: string): string {
  return `include ${ofShape(prefix)} (list ${variables.join(' ')})`;
}

/** Named templates are called by the shape of the entry, and get its data. */
function withSharedNames({ key, parts }: RangeEntry): RangeEntry {
  const calls = new Map<string, string>();
  for (const { name } of parts.defines) calls.set(`include ${JSON.stringify(name)} $`, includeOfEntry(prefixOf(name, key)));
  for (const { named } of parts.specs) {
    const { name, variables: own } = named;
    calls.set(includeSpec(named).slice(1, -1), includeSpec({ name: '', variables: [...own, ...variables.slice(1)] }).slice(1, -1).replace('""', ofShape(prefixOf(name, key))));
  }
  const rename = (text: string): string => [...calls].reduce((renamed, [from, to]) => renamed.replaceAll(from, to), text);
  const renameAll = (expressions: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(expressions).map(([name, expression]) => [name, rename(expression)]));
  return {
    key,
    parts: {
      variables: renameAll(parts.variables),
      control: parts.control,
      innerVariables: renameAll(parts.innerVariables),
      documents: mapTexts(parts.documents, rename) as TemplateParts['documents'],
      defines: parts.defines.map(({ name, body }) => ({ name: prefixOf(name, key), body })),
      specs: parts.specs.map(({ named, spec }) => ({ named: { name: prefixOf(named.name, key), variables: [...named.variables, ...variables.slice(1)] }, spec })),
    },
  };
}

/** The names that `withSharedNames` calls. */
function nameAfter(parts: TemplateParts, shape: number): TemplateParts {
  return {
    ...parts,
    defines: parts.defines.map(({ name, body }) => ({ name: `${name}.${shape}`, body: [...receive(variables), body].join('\n') })),
    specs: parts.specs.map(({ named, spec }) => ({ named: { ...named, name: `${named.name}.${shape}` }, spec })),
  };
}

function prefixOf(name: string, key: string): string {
  if (!name.endsWith(`.${key}`)) throw new TypeError(`a named template of the entry '${key}' must be called '<prefix>.${key}'; received '${name}'`);
  return name.slice(0, -key.length - 1);
}

/** Of texts with holes; all others are the user's. */
function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return hasHole(value) ? map(value) : value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [hasHole(key) ? map(key) : key, mapTexts(member, map)]));
}
