import { Pair, YAMLSeq } from 'yaml';
import type { Node } from 'yaml';

type PairContext = Parameters<Pair['toString']>[0];
type SeqContext = Parameters<YAMLSeq['toString']>[0];

/** Fields between `{{- if … }}` and `{{- end }}`. */
export class ControlledPair extends Pair<Node, Node> {
  readonly control: string;
  readonly #others: Pair<Node, Node>[] = [];

  constructor(key: Node, value: Node, control: string) {
    super(key, value);
    this.control = control;
  }

  /** One more field under the same control. */
  add(key: Node, value: Node): void {
    this.#others.push(new Pair(key, value));
  }

  override toString(context?: PairContext): string {
    const indent = context?.indent ?? '';
    const fields = [super.toString(context), ...this.#others.map((pair) => pair.toString(context))];
    return `{{- ${this.control} }}\n${indent}${fields.join(`\n${indent}`)}\n${indent}{{- end }}`;
  }
}

/** A list of which some runs of items are between `{{- range … }}` and `{{- end }}`. */
export class ControlledSeq extends YAMLSeq<Node> {
  readonly #runs: { readonly control: string; readonly items: Node[] }[] = [];

  addItem(item: Node): void {
    this.items.push(item);
    const last = this.#runs.at(-1);
    if (last?.control === '') last.items.push(item);
    else this.#runs.push({ control: '', items: [item] });
  }

  addControlled(control: string, items: readonly Node[]): void {
    this.items.push(...items);
    this.#runs.push({ control, items: [...items] });
  }

  override toString(context?: SeqContext): string {
    if (this.#runs.every((run) => run.control === '')) return super.toString(context);
    const indent = context?.indent ?? '';
    return this.#runs
      .map(({ control, items }) => {
        const seq = new YAMLSeq<Node>();
        seq.items = items;
        const text = seq.toString(context);
        return control === '' ? text : `{{- ${control} }}\n${indent}${text}\n${indent}{{- end }}`;
      })
      .join(`\n${indent}`);
  }
}
