import { formatDuration } from '../../render/duration.ts';
import type { AttemptReport, SuiteReport } from '../../../run/report.ts';
import { sumPhases } from '../view/timeline.ts';
import { isFailing, phaseWords, plural, ranFor, statusGlyphs } from '../view/words.ts';
import { causeBadge, verdictBadge } from './badge.ts';
import { copyButton } from './copy-button.ts';
import { createDiagnosis } from './diagnosis-view.ts';
import { type Child, decoration, h } from './element.ts';
import { createLog, formatBytes } from './log-view.ts';
import { attachmentViews } from './attachments-view.ts';
import type { Page } from './page.ts';

const shownFailures = 10;

/** One pod of the suite; several stand side by side. */
export function createAttempt(attempt: AttemptReport, suite: SuiteReport, page: Page): HTMLElement {
  const { number, verdict, cause, message, diagnosis, pod, node, exitCode, durationMs, counts, phases, files } = attempt;
  const isOnly = suite.attempts.length === 1;
  return h(
    'article.attempt',
    { class: `v-${verdict}`, 'aria-label': `Attempt ${number}` },
    !isOnly && h('h4', {}, `Attempt ${number} `, verdictBadge(verdict), cause !== undefined && causeBadge(cause)),
    !isOnly && h('p', {}, message),
    !isOnly && diagnosis !== undefined && number < suite.attempts.length && createDiagnosis(diagnosis, page),
    h(
      'dl.facts',
      {},
      fact('Pod', pod),
      fact('Node', node === '' ? 'never scheduled' : node),
      fact('Exit code', exitCode === undefined ? '' : String(exitCode)),
      fact('Ran', attempt.startedAt === undefined ? 'never started' : ranFor(durationMs)),
      fact('Tests', counts.total === 0 ? '' : `${plural(counts.total, 'test')}${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`),
      ...[...sumPhases([attempt])].filter(([phase]) => phase !== 'testing').map(([phase, ms]) => fact(capital(phaseWords[phase]), formatDuration(ms))),
      ...phases.filter(({ endedAt }) => endedAt === undefined).map(({ phase }) => fact(capital(phaseWords[phase]), 'did not end')),
    ),
    !isOnly && createFailures(attempt),
    createSuiteLog(attempt, page),
    ...attachmentViews(attempt.attachments, page),
    files.length > 0 && h('details.text', {}, h('summary', {}, plural(files.length, 'file')), h('ul.files', {}, ...files.map(({ path, bytes }) => h('li', {}, h('code', {}, path), h('span.dim', {}, formatBytes(bytes)), copyButton(path, 'the path'))))),
  );
}

/** What failed in this attempt: beside another one, that is what is compared. */
function createFailures({ tests }: AttemptReport): HTMLElement | undefined {
  const failed = tests.filter(isFailing);
  if (failed.length === 0) return undefined;
  return h(
    'ul.failed-here',
    { 'aria-label': 'Failed in this attempt' },
    ...failed.slice(0, shownFailures).map(({ name, status, message = '' }) => h('li', { class: `s-${status}` }, decoration(statusGlyphs[status], 'glyph'), h('span', {}, h('b', {}, name), message !== '' && h('span.dim', {}, ` ${message}`)))),
    failed.length > shownFailures && h('li.dim', {}, `and ${failed.length - shownFailures} more`),
  );
}

/** All of the log where the page has it, else its last lines. */
function createSuiteLog({ log, logTail, verdict }: AttemptReport, { texts }: Page): HTMLElement | undefined {
  const isOpen = verdict !== 'passed' && verdict !== 'flaky';
  const whole = log === undefined ? undefined : texts.get(log);
  if (whole !== undefined) return createLog('Log', whole, isOpen);
  return logTail === '' ? undefined : createLog('End of the log', { text: logTail, omittedBytes: 0, path: log ?? '' }, isOpen);
}

function fact(name: string, value: Child): HTMLElement | undefined {
  return value === '' ? undefined : h('div', {}, h('dt', {}, name), h('dd', {}, value));
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
