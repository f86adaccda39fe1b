import type { DataColumns } from './merge-values.ts';

type Datum = string | number | readonly string[];

/** The data of entries of one shape: a row for each, of columns that a template asks for. */
export class RangeRows implements DataColumns {
  readonly keys: readonly string[];
  readonly #columns: (readonly Datum[])[] = [];
  readonly #places = new Map<string, string>();

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.#places.set(JSON.stringify(keys), '$entry');
  }

  /** What is the same for each entry as in another place, is there only once. */
  expressionOf(values: readonly Datum[]): string {
    const text = JSON.stringify(values);
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    // Before them are key and shape.
    const place = `index $row ${this.#columns.push(values) + 1}`;
    this.#places.set(text, place);
    return place;
  }

  /** The row of each entry: its key, its shape, and what templates of the shape ask for. */
  toRows(shape: number): readonly (readonly Datum[])[] {
    return this.keys.map((key, row) => [key, shape, ...this.#columns.flatMap((column) => [column[row] ?? ''])]);
  }
}
