import { Chart } from 'cdk8s';
import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { generatedBy } from './chart-files.ts';
import { renderBody, renderDefinitions, toDocument, toSpecs } from './template-parts.ts';
import type { TemplateParts } from './template-parts.ts';

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
  readonly #defines: { readonly name: string; readonly body: string }[] = [];

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
    this.#defines.push({ name, body });
  }

  /** The file's text with the given objects; `HelmApp` calls it. */
  render(objects: readonly ApiObject[]): string {
    const parts = this.takeApart(objects);
    return `${[generatedBy, ...renderDefinitions(parts), ...renderBody(parts)].join('\n')}\n`;
  }

  /**
   * The file with the given objects, before it is text; `HelmApp` calls it.
   * @internal
   */
  takeApart(objects: readonly ApiObject[]): TemplateParts {
    const { control = '', variables = {}, innerVariables = {} } = this.#props;
    return { defines: this.#defines, specs: objects.flatMap(toSpecs), variables, control, innerVariables, documents: objects.map(toDocument) };
  }
}
