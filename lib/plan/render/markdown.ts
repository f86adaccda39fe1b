import { plural } from '../../plural.ts';
import { oneLine, sanitize } from '../../reporters/render/sanitize.ts';
import type { Plan } from '../plan.ts';
import { planNotes, planTables, type PlanTable } from './plan-text.ts';

/** GitHub refuses comments above 65,536 characters; this leaves room for the caller's own words. */
const mostCharacters = 60_000;

/** A plan for a pull request, in GitHub's Markdown. Rows that would make it too long for a comment are left out, and counted. */
export function renderPlanMarkdown(plan: Plan): string {
  const { name, totals } = plan;
  const head = [
    `### ${code(name)}: ${plural(totals.suites, 'suite')}, ${plural(totals.jobs, 'Job')}`,
    '',
    ...planNotes(plan).map((note) => `- ${escape(note)}`),
  ].join('\n');
  const tables = planTables(plan);
  const room = Math.floor((mostCharacters - head.length) / tables.length);
  return `${[head, ...tables.map((table) => renderTable(table, room))].join('\n\n')}\n`;
}

function renderTable({ title, columns, rows }: PlanTable, room: number): string {
  const head = [`#### ${title}`, '', row(columns), row(columns.map(() => '---'))];
  const lines = rows.map((cells) => row(cells.map(code)));
  let left = room - head.join('\n').length;
  const shown = lines.filter((line) => {
    left -= line.length + 1;
    return left >= 0;
  });
  const missing = lines.length - shown.length;
  return [...head, ...shown, ...(missing === 0 ? [] : ['', `${plural(missing, 'row')} more: \`kubesuite plan\`.`])].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** In `<code>` GitHub links no names, issues or addresses. */
function code(text: string): string {
  return `<code>${escape(text)}</code>`;
}

/** A character reference never starts or ends anything in Markdown, and shows as the character. */
function escape(text: string): string {
  return oneLine(sanitize(text))
    .replaceAll(/[^\p{L}\p{N} .,;:()=+/-]/gu, (character) => `&#${character.codePointAt(0)};`)
    // GitHub makes links of bare addresses.
    .replaceAll(/:(?=\/\/)/g, '&#58;')
    .replaceAll(/(?<=www)\./gi, '&#46;');
}
