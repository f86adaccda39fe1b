import { oneLine, sanitize } from '../../reporters/render/sanitize.ts';
import type { Style } from '../../reporters/render/style.ts';
import { pad, plural, widthOf } from '../../reporters/render/text.ts';
import type { Plan } from '../plan.ts';
import { planNotes, planTables, type PlanTable } from './plan-text.ts';

/** A plan for people, as aligned tables. */
export function renderPlanTable(plan: Plan, style: Style): string {
  const { name, totals } = plan;
  return [
    style.bold(`${clean(name)}: ${plural(totals.suites, 'suite')}, ${plural(totals.jobs, 'Job')}`),
    ...planNotes(plan).map(clean),
    ...planTables(plan).flatMap((table) => ['', style.bold(table.title), '', ...renderRows(table, style)]),
    '',
  ].join('\n');
}

function renderRows({ columns, rows }: PlanTable, style: Style): readonly string[] {
  const cells = rows.map((row) => row.map(clean));
  const widths = columns.map((column, index) => Math.max(widthOf(column), ...cells.map((row) => widthOf(row[index] ?? ''))));
  const align = (row: readonly string[]): string => row.map((cell, index) => pad(cell, widths[index] ?? 0)).join('  ').trimEnd();
  return [style.dim(align(columns.map((column) => column.toUpperCase()))), ...cells.map(align)];
}

function clean(text: string): string {
  return oneLine(sanitize(text));
}
