import type { ApiObject } from 'cdk8s';
import { HelmObject, includeSpec } from './helm-object.ts';
import type { NamedSpec } from './helm-object.ts';
import { renderManifest } from './manifest.ts';

/** What stands in a template file, before it is text. */
export interface TemplateParts {
  /** Named templates whose body is written as it is. */
  readonly defines: readonly { readonly name: string; readonly body: string }[];
  /** Named templates that hold the spec of an object. */
  readonly specs: readonly { readonly named: NamedSpec; readonly spec: unknown }[];
  /** Expressions by name of the variable, without `$`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Around everything that follows; empty: none. */
  readonly control: string;
  /** Variables inside of the control. */
  readonly innerVariables: Readonly<Record<string, string>>;
  readonly documents: readonly DocumentPart[];
}

export interface DocumentPart {
  /** Outermost first. */
  readonly controls: readonly string[];
  readonly manifest: Readonly<Record<string, unknown>>;
}

export function toDocument(object: ApiObject): DocumentPart {
  const namedSpec = HelmObject.namedSpecOf(object);
  const manifest: Readonly<Record<string, unknown>> = object.toJson();
  return { controls: HelmObject.controlsOf(object), manifest: namedSpec === undefined ? manifest : { ...manifest, spec: includeSpec(namedSpec) } };
}

export function toSpecs(object: ApiObject): TemplateParts['specs'] {
  const named = HelmObject.namedSpecOf(object);
  if (named === undefined) return [];
  const { spec }: Readonly<Record<string, unknown>> = object.toJson();
  return [{ named, spec }];
}

/** All named templates, a text each. */
export function renderDefinitions({ defines, specs }: TemplateParts): readonly string[] {
  return [
    ...defines.map(({ name, body }) => defined(name, body)),
    ...specs.map(({ named, spec }) => defined(named.name, [...receive(named.variables), renderManifest(spec).trimEnd()].join('\n'))),
  ];
}

/** Everything else, a line or a document each. */
export function renderBody({ variables, control, innerVariables, documents }: TemplateParts): readonly string[] {
  const inner = [...assignments(innerVariables), ...documents.map(renderDocument)];
  return [...assignments(variables), ...(control === '' ? inner : [`{{- ${control} }}`, ...inner, '{{- end }}'])];
}

/** One document of a template, with its own controls. */
export function renderDocument({ controls, manifest }: DocumentPart): string {
  const text = `---\n${renderManifest(manifest).trimEnd()}`;
  return [...controls.map((control) => `{{- ${control} }}`), text, ...controls.map(() => '{{- end }}')].join('\n');
}

/** A named template. */
export function defined(name: string, body: string): string {
  return `{{- define ${JSON.stringify(name)} -}}\n${body}\n{{- end }}`;
}

/** Sets variables to what a named template was called with. */
export function receive(variables: readonly string[]): readonly string[] {
  return variables.map((variable, index) => `{{- ${variable} := index . ${index} -}}`);
}

function assignments(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).map(([name, expression]) => `{{- $${name} := ${expression} }}`);
}
