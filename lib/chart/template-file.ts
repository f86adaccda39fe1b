import { Chart } from 'cdk8s';
import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { generatedBy } from './chart-files.ts';
import { HelmObject, includeSpec } from './helm-object.ts';
import type { NamedSpec } from './helm-object.ts';
import { renderManifest } from './manifest.ts';

/** Path of a template and what stands around its objects. */
export interface TemplateFileProps {
  /**
   * Path below `templates/`.
   * @default - `<id>.yaml`
   */
  readonly path?: string;
  /**
   * Control around all objects of the file, such as `if $suite.enabled`.
   * @default - none
   */
  readonly control?: string;
  /**
   * Variables of the file, by name without `$`. Those of `innerVariables` are set inside of the control.
   * @default {}
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Variables that are set inside of the control, by name without `$`.
   * @default {}
   */
  readonly innerVariables?: Readonly<Record<string, string>>;
}

/** One file of `templates/`: a cdk8s Chart with what Helm needs around its objects. */
export class TemplateFile extends Chart {
  /** Path below `templates/`. */
  readonly path: string;
  readonly #props: TemplateFileProps;
  readonly #helpers: string[] = [];

  /**
   * @param scope - a `HelmApp`, or a construct inside of one
   * @param id - of the construct; also the name of the file unless `props.path` says another
   * @param props - path, and what stands around the objects
   */
  constructor(scope: Construct, id: string, props: TemplateFileProps = {}) {
    super(scope, id);
    this.path = props.path ?? `${id}.yaml`;
    this.#props = props;
  }

  /**
   * The template that a construct is in.
   * @throws TypeError when it is in another Chart, Error when it is in none
   */
  static override of(construct: IConstruct): TemplateFile {
    const chart = Chart.of(construct);
    if (TemplateFile.isTemplateFile(chart)) return chart;
    throw new TypeError(`${construct.node.path} must be inside of a TemplateFile`);
  }

  /** `instanceof` cannot tell: cdk8s answers it for all Charts. */
  static isTemplateFile(chart: Chart): chart is TemplateFile {
    return #props in chart;
  }

  /**
   * Adds a named template at the head of the file.
   * @param name - of the template; all templates of a release share one space of names
   * @param body - written as it is, `{{ … }}` included
   */
  define(name: string, body: string): void {
    this.#helpers.push(defined(name, body));
  }

  /** The file's text with the given objects; `HelmApp` calls it. */
  render(objects: readonly ApiObject[]): string {
    const { control, variables = {}, innerVariables = {} } = this.#props;
    const lines = [generatedBy, ...this.#helpers, ...objects.flatMap(renderNamedSpec), ...assignments(variables)];
    if (control !== undefined) lines.push(`{{- ${control} }}`);
    lines.push(...assignments(innerVariables), ...objects.map(renderDocument));
    if (control !== undefined) lines.push('{{- end }}');
    return `${lines.join('\n')}\n`;
  }
}

/** One document of a template, with its own controls. */
export function renderDocument(object: ApiObject): string {
  const controls = HelmObject.controlsOf(object);
  const namedSpec = HelmObject.namedSpecOf(object);
  const manifest: Readonly<Record<string, unknown>> = object.toJson();
  const text = `---\n${renderManifest(namedSpec === undefined ? manifest : { ...manifest, spec: includeSpec(namedSpec) }).trimEnd()}`;
  return [...controls.map((control) => `{{- ${control} }}`), text, ...controls.map(() => '{{- end }}')].join('\n');
}

function renderNamedSpec(object: ApiObject): readonly string[] {
  const namedSpec = HelmObject.namedSpecOf(object);
  if (namedSpec === undefined) return [];
  const { spec }: Readonly<Record<string, unknown>> = object.toJson();
  return [defined(namedSpec.name, [...namedSpec.variables.map(receive), renderManifest(spec).trimEnd()].join('\n'))];
}

function receive(variable: NamedSpec['variables'][number], index: number): string {
  return `{{- ${variable} := index . ${index} -}}`;
}

function defined(name: string, body: string): string {
  return `{{- define ${JSON.stringify(name)} -}}\n${body}\n{{- end }}`;
}

function assignments(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).map(([name, expression]) => `{{- $${name} := ${expression} }}`);
}
