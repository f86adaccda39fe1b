/** What a column of a table needs. */
export interface ColumnWidth {
  /** For its longest cell. */
  readonly natural: number;
  /** For its longest word. */
  readonly least: number;
}

/**
 * Makes columns of a table narrow enough for a terminal, the widest first, so that only long cells wrap.
 * @param room - what all of them may take together
 * @returns width of each column; undefined when the least widths do not fit either
 */
export function fitColumns(columns: readonly ColumnWidth[], room: number): readonly number[] | undefined {
  const widths = columns.map(({ natural }) => natural);
  for (let excess = widths.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess--) {
    const slack = widths.map((width, index) => (width > (columns[index]?.least ?? width) ? width : 0));
    const widest = Math.max(...slack);
    if (widest === 0) return undefined;
    widths[slack.indexOf(widest)] = widest - 1;
  }
  return widths;
}
