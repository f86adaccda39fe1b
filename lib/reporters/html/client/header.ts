import { formatDuration } from '../../render/duration.ts';
import { plural } from '../view/words.ts';
import { verdictBadge } from './badge.ts';
import { type Child, h } from './element.ts';
import { createHelp } from './help.ts';
import type { Page } from './page.ts';
import { createThemeButton } from './theme.ts';

/** Verdict, what was run and where, and the numbers. */
export function createHeader({ report }: Page): HTMLElement {
  const { run, verdict, exitCode, startedAt, durationMs, suites, totals, reporterErrors = [] } = report;
  const { tests } = totals;
  const help = createHelp();
  return h(
    'header.top',
    { class: `v-${verdict}` },
    h('div.headline', {}, h('h1', {}, verdictBadge(verdict), ' ', h('span.release', {}, run.release || 'run')), h('div.tools', {}, createThemeButton(), help.button)),
    h(
      'dl.facts',
      {},
      fact('Suites', plural(suites.length, 'suite')),
      fact('Tests', tests.total === 0 ? 'none' : [`${tests.passed.toLocaleString('en')} passed`, tests.failed > 0 && `, ${tests.failed.toLocaleString('en')} failed`, tests.skipped > 0 && `, ${tests.skipped.toLocaleString('en')} skipped`]),
      fact('Time', formatDuration(durationMs)),
      fact('Started', startedAt === '' ? '' : time(startedAt)),
      fact('Run', run.id),
      fact('Namespace', run.namespace),
      fact('Context', run.context),
      fact('Chart', run.chart),
      fact('Exit code', String(exitCode)),
    ),
    ...reporterErrors.map((error) => h('p.reporter-error', {}, error)),
    help.dialog,
  );
}

function fact(name: string, value: Child): HTMLElement | undefined {
  return value === '' ? undefined : h('div', {}, h('dt', {}, name), h('dd', {}, value));
}

function time(iso: string): HTMLElement {
  const date = new Date(iso);
  return h('time', { datetime: iso, title: iso }, Number.isNaN(date.getTime()) ? iso : date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }));
}
