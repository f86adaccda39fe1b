import { readFile } from 'node:fs/promises';
import { brokenSuites } from '../test/faults/broken-suites.ts';
import type { Fault } from '../test/faults/fault.ts';
import { matrix } from '../test/faults/matrix.ts';

const begin = '<!-- The tables are made of the tests: npm run generate -->';

/** docs/reliability.md with its tables made anew of what the tests in test/faults declare. */
export async function renderReliability(): Promise<string> {
  const page = await readFile('docs/reliability.md', 'utf8');
  const intro = page.slice(0, page.indexOf(begin));
  return `${intro}${begin}\n\n${tables().join('\n\n')}\n`;
}

function tables(): readonly string[] {
  const groups = matrix.map(({ title, node, faults }) =>
    [`## ${title}`, ...(node === 'own' ? ['On a node of its own.'] : []), table(['fault', 'what happens', 'verdict', 'exit code', 'in `npm test`'], faults.map(toRow))].join('\n\n'),
  );
  const broken = table(['fault', 'what happens', 'verdict'], brokenSuites.map(({ title, happens, expected }) => [title, happens, `\`${expected}\``]));
  return [...groups, `## Suites that are broken by themselves\n\nAll in one run, whose exit code is 1.\n\n${broken}`];
}

function toRow({ title, happens, expected, quick }: Fault): readonly string[] {
  const verdicts = [...new Set(Object.values(expected.verdicts))].map((verdict) => `\`${verdict}\``).join(', ');
  return [title, happens, verdicts || 'no report', String(expected.exitCode), quick ? 'yes' : ''];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
