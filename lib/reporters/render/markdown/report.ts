import { plural } from '../../../plural.ts';
import type { RunReport, SuiteReport } from '../../../run/report.ts';
import { formatDuration } from '../duration.ts';
import { isBad } from '../failing-tests.ts';
import { sanitizeDeep } from '../sanitize.ts';
import { createStyle, verdictLooks } from '../style.ts';
import { countSuites, countTests } from '../summary.ts';
import { code, details, sentence } from './code.ts';
import { renderSuiteSection } from './suite.ts';

const plainStyle = createStyle({ colors: false });
const mostRows = 500;
/** Of the line that says what is left out. */
const bytesOfRest = 200;

export interface MarkdownOptions {
  /** Sections of suites that do not fit are left out, and counted. */
  readonly maxBytes: number;
}

/** A run for people who read it on the web: verdict, table, and why it is not green. */
export function renderMarkdown(report: RunReport, { maxBytes }: MarkdownOptions): string {
  const safe = sanitizeDeep({ ...report, suites: report.suites.map((suite) => ({ ...suite, attempts: [], events: [], attachments: [] })) });
  const start = [...renderHead(safe), ...renderTables(safe)];
  const bad = report.suites.filter(isBad);
  const sections = takeSections(bad, maxBytes - byteLength(start) - bytesOfRest);
  const left = bad.length - sections.length;
  return `${[...start, ...sections, ...(left === 0 ? [] : [`${plural(left, 'more suite')} left out: see the report of the run.`])].join('\n\n')}\n`;
}

/** One after the other: of a thousand suites most are not rendered. */
function takeSections(suites: readonly SuiteReport[], maxBytes: number): readonly string[] {
  const sections: string[] = [];
  let used = 0;
  for (const suite of suites) {
    const section = renderSuiteSection(sanitizeDeep(suite));
    used += byteLength([section]);
    if (used > maxBytes) break;
    sections.push(section);
  }
  return sections;
}

function renderHead(report: RunReport): readonly string[] {
  const { glyph, word } = verdictLooks[report.verdict];
  const { id, release, namespace, context, chart } = report.run;
  const facts = Object.entries({ run: id, release, namespace, context, chart }).filter(([, value]) => value !== '');
  return [
    `## ${glyph} ${code(release)} ${word}`,
    `Suites: ${countSuites(report, plainStyle)} · Tests: ${countTests(report, plainStyle)} · ${formatDuration(report.durationMs)} · exit code ${report.exitCode}`,
    facts.map(([name, value]) => `${name} ${code(value)}`).join(' · '),
    ...(report.reporterErrors ?? []).map((error) => `Error: ${sentence(error)}`),
  ];
}

function renderTables({ suites }: RunReport): readonly string[] {
  const green = suites.filter(({ verdict }) => verdict === 'passed');
  const others = suites.filter(({ verdict }) => verdict !== 'passed');
  return [
    ...(others.length === 0 ? [] : [renderTable(others)]),
    ...(green.length === 0 ? [] : [others.length === 0 && green.length <= 20 ? renderTable(green) : details(`${plural(green.length, 'suite')} passed`, renderTable(green))]),
  ];
}

function renderTable(suites: readonly SuiteReport[]): string {
  const more = suites.length - mostRows;
  return [
    '| suite | type | verdict | tests | time | |',
    '|---|---|---|---:|---:|---|',
    ...suites.slice(0, mostRows).map(renderRow),
    ...(more > 0 ? [`| and ${more} more | | | | | |`] : []),
  ].join('\n');
}

function renderRow(suite: SuiteReport): string {
  const { glyph, word } = verdictLooks[suite.verdict];
  const { total, failed } = suite.tests;
  return `| ${[
    code(suite.key, 80),
    code(suite.type, 40),
    `${glyph} ${word}${suite.cause === undefined ? '' : `: ${suite.cause}`}`,
    total === 0 ? '' : failed === 0 ? String(total) : `${failed} of ${total} failed`,
    suite.startedAt === undefined ? '' : formatDuration(suite.durationMs),
    suite.verdict === 'passed' ? '' : sentence(suite.message, 160),
  ].join(' | ')} |`;
}

function byteLength(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + new TextEncoder().encode(part).length + 2, 0);
}
