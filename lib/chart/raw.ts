import type { ScalarTag } from 'yaml';

/** Text that reaches the template as it is. A function gets the indentation of its place. */
export class Raw {
  readonly #text: string | ((indent: string) => string);

  constructor(text: string | ((indent: string) => string)) {
    this.#text = text;
  }

  toText(indent: string): string {
    return typeof this.#text === 'string' ? this.#text : this.#text(indent);
  }
}

/** Lets the yaml library print `Raw` nodes without quotes, which no scalar style of its own does. */
export const rawTag: ScalarTag = {
  tag: 'tag:kubesuite.dev,2026:raw',
  default: true,
  identify: (value) => value instanceof Raw,
  resolve: (text) => text,
  stringify: (item, context) => (item.value as Raw).toText(context.indent),
};
