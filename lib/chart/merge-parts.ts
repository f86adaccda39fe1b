import { mergeExpressions, mergeValues } from './merge-values.ts';
import type { DataColumns } from './merge-values.ts';
import { shapeOf, shapeOfExpression } from './shape.ts';
import type { TemplateParts } from './template-parts.ts';

/** What two files must have in common so that `mergeParts` makes one of them. */
export function shapeOfParts({ defines, specs, variables, control, innerVariables, documents }: TemplateParts): string {
  const shapeOfVariables = (all: Readonly<Record<string, string>>): object => Object.entries(all).map(([name, expression]) => [name, shapeOfExpression(expression)]);
  return JSON.stringify([
    defines.map(({ name, body }) => [name, shapeOfExpression(body)]),
    specs.map(({ named, spec }) => [named, shapeOf(spec)]),
    shapeOfVariables(variables),
    shapeOfExpression(control),
    shapeOfVariables(innerVariables),
    documents.map(({ controls, manifest }) => [controls.map(shapeOfExpression), shapeOf(manifest)]),
  ]);
}

/** One file of files with the same shape: what differs is an expression. */
export function mergeParts(all: readonly TemplateParts[], columns: DataColumns): TemplateParts {
  const [first] = all;
  if (first === undefined) throw new TypeError('there is nothing to merge');
  const expressions = (of: (parts: TemplateParts) => string | undefined): string => mergeExpressions(all.map((parts) => of(parts) ?? ''), columns);
  const variables = (of: (parts: TemplateParts) => Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.keys(of(first)).map((name) => [name, expressions((parts) => of(parts)[name])]));
  return {
    defines: first.defines.map(({ name }, index) => ({ name, body: expressions(({ defines }) => defines[index]?.body) })),
    specs: first.specs.map(({ named }, index) => ({ named, spec: mergeValues(all.map(({ specs }) => specs[index]?.spec), columns) })),
    variables: variables((parts) => parts.variables),
    control: expressions(({ control }) => control),
    innerVariables: variables((parts) => parts.innerVariables),
    documents: first.documents.map(({ controls }, index) => ({
      controls: controls.map((_, at) => expressions(({ documents }) => documents[index]?.controls[at])),
      manifest: mergeValues(all.map(({ documents }) => documents[index]?.manifest), columns) as Readonly<Record<string, unknown>>,
    })),
  };
}
