/** A template as lines, and what stands between an action and its `{{- end }}`. */
export type TemplateNode = string | { readonly action: string; readonly nodes: readonly TemplateNode[] };

const opening = /^\s*\{\{-? ((?:if|with|range|define) .*?) ?-?\}\}$/;
const closing = /^\s*\{\{-? end -?\}\}$/;

/** Reads a template of this chart, where each action that has an end stands on a line of its own. */
export function parseTemplate(text: string): readonly TemplateNode[] {
  const root: TemplateNode[] = [];
  const stack = [root];
  for (const line of text.split('\n')) {
    const action = opening.exec(line)?.[1];
    if (action !== undefined) {
      const nodes: TemplateNode[] = [];
      stack.at(-1)?.push({ action, nodes });
      stack.push(nodes);
    } else if (closing.test(line)) stack.pop();
    else stack.at(-1)?.push(line);
  }
  return root;
}
