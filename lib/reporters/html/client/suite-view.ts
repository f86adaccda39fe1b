import type { SuiteReport, WarningReport } from '../../../run/report.ts';
import type { ViewState } from '../view/address.ts';
import { attachmentViews } from './attachments-view.ts';
import { createAttempt } from './attempt-view.ts';
import { causeBadge, verdictBadge } from './badge.ts';
import { createDiagnosis, offset } from './diagnosis-view.ts';
import { button, h } from './element.ts';
import { show, type Page } from './page.ts';
import { createTests } from './tests-view.ts';

/** All that is known of one suite. */
export function createSuiteView(suite: SuiteReport, view: ViewState, page: Page): HTMLElement {
  const { key, verdict, cause, message, diagnosis, type, tags, job, shard, attempts, attachments } = suite;
  return h(
    'article.suite',
    { 'aria-labelledby': 'suite-title' },
    button('← All suites', () => show({ suite: '' }), { class: 'back' }),
    h('h2', { id: 'suite-title', tabindex: '-1' }, h('span', {}, key), ' ', verdictBadge(verdict), cause !== undefined && causeBadge(cause)),
    h('p.dim', {}, [type, shard && `shard ${shard.index} of ${shard.total}`, ...tags, `Job ${job}`].filter(Boolean).join(' · ')),
    h('p.message', {}, message),
    diagnosis !== undefined && createDiagnosis(diagnosis, page),
    attempts.length > 1 && h('h3', {}, 'Attempts'),
    attempts.length > 1 && h('div.attempts', {}, ...attempts.map((attempt) => createAttempt(attempt, suite, page))),
    createTests(suite, view),
    attempts.length === 1 && attempts.map((attempt) => createAttempt(attempt, suite, page)),
    createEvents(suite.events, page),
    attachments.length > 0 && h('section', {}, h('h3', {}, 'Evidence'), ...attachmentViews(attachments, page)),
  );
}

function createEvents(events: readonly WarningReport[], { span }: Page): HTMLElement | undefined {
  if (events.length === 0) return undefined;
  return h(
    'section',
    {},
    h('h3', {}, 'Warnings of the cluster'),
    h(
      'ul.events',
      {},
      ...events.map(({ at, reason, object, message }) => h('li', {}, h('span.dim', {}, offset(at, span.start)), h('div', {}, h('b', {}, reason), h('span.dim', {}, ` ${object}`), h('p', {}, message)))),
    ),
  );
}
