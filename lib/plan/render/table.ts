import wrapAnsi from 'wrap-ansi';
import { plural } from '../../plural.ts';
import { oneLine, sanitize } from '../../reporters/render/sanitize.ts';
import type { Style } from '../../reporters/render/style.ts';
import { pad, widthOf } from '../../reporters/render/text.ts';
import type { Plan } from '../plan.ts';
import { fitColumns, type ColumnWidth } from './fit-columns.ts';
import { planNotes, planTables, type PlanTable } from './plan-text.ts';

const gap = '  ';
/** Longer words are broken: paths, digests, addresses. */
const longestWord = 20;

/**
 * A plan for people, as aligned tables.
 * @param width - columns of the terminal: long cells wrap, and a table that does not fit becomes a list; without it each row is a line
 */
export function renderPlanTable(plan: Plan, style: Style, width = Number.POSITIVE_INFINITY): string {
  const { name, totals } = plan;
  return [
    style.bold(`${clean(name)}: ${plural(totals.suites, 'suite')}, ${plural(totals.jobs, 'Job')}`),
    ...planNotes(plan).flatMap((note) => wrap(clean(note), width)),
    ...planTables(plan).flatMap((table) => ['', style.bold(table.title), '', ...renderRows(table, style, width)]),
    '',
  ].join('\n');
}

function renderRows({ columns, rows }: PlanTable, style: Style, width: number): readonly string[] {
  const heads = columns.map((column) => column.toUpperCase());
  const cells = rows.map((row) => row.map(clean));
  const needs = heads.map((head, index) => needsOf([head, ...cells.map((row) => row[index] ?? '')]));
  const widths = fitColumns(needs, width - gap.length * (columns.length - 1));
  if (widths === undefined) return renderList(heads, cells, style, width);
  return [...alignRow(heads, widths).map(style.dim), ...cells.flatMap((row) => alignRow(row, widths))];
}

function needsOf(cells: readonly string[]): ColumnWidth {
  const natural = Math.max(...cells.map(widthOf));
  const words = cells.flatMap((cell) => cell.split(' ').map(widthOf));
  return { natural, least: Math.min(natural, longestWord, Math.max(...words)) };
}

function alignRow(row: readonly string[], widths: readonly number[]): readonly string[] {
  const wrapped = row.map((cell, index) => wrap(cell, widths[index] ?? 0));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => wrapped.map((lines, index) => pad(lines[line] ?? '', widths[index] ?? 0)).join(gap).trimEnd());
}

/** Each row as lines of its own, with the name of the column before each cell. */
function renderList(heads: readonly string[], rows: readonly (readonly string[])[], style: Style, width: number): readonly string[] {
  const label = Math.max(...heads.map(widthOf));
  const lines = rows.map((row) =>
    row.flatMap((cell, column) =>
      wrap(cell, Math.max(1, width - label - gap.length)).map((line, index) => `${style.dim(pad(index === 0 ? (heads[column] ?? '') : '', label))}${gap}${line}`),
    ),
  );
  return lines.flatMap((row, index) => (index === 0 ? row : ['', ...row]));
}

function wrap(text: string, width: number): readonly string[] {
  return widthOf(text) <= width ? [text] : wrapAnsi(text, width, { hard: true }).split('\n');
}

function clean(text: string): string {
  return oneLine(sanitize(text));
}
