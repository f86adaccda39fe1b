import { formatDuration, formatOffset } from '../../render/duration.ts';
import type { SuiteReport } from '../../../run/report.ts';
import { barsOf, sumPhases, ticksOf, type TimeSpan } from '../view/timeline.ts';
import { phaseWords } from '../view/words.ts';
import { h } from './element.ts';
import type { PhaseName } from '../../../run/phases.ts';

/** One suite's time, next to those of all others. */
export function createBar(suite: SuiteReport, span: TimeSpan): HTMLElement {
  const pieces = barsOf(suite, span).map(({ phase, left, width, verdict, open }) => {
    const piece = h('i', { class: `p-${phase} v-${verdict}${open ? ' open' : ''}` });
    piece.style.left = `${left}%`;
    piece.style.width = `${width}%`;
    return piece;
  });
  const text = describePhases(suite);
  return h('span.bar', { role: 'img', 'aria-label': text === '' ? 'no times' : text, title: text }, ...pieces);
}

function describePhases(suite: SuiteReport): string {
  return [...sumPhases(suite.attempts)].map(([phase, ms]) => `${phaseWords[phase]} ${formatDuration(ms)}`).join(', ');
}

/** The scale above the bars. */
export function createAxis(span: TimeSpan): HTMLElement {
  const length = span.end - span.start;
  const ticks = ticksOf(span, 5).map((ms) => {
    const left = (ms / length) * 100;
    // At the right end there is no room for a text.
    const tick = h('span.tick', {}, left > 90 ? '' : formatOffset(ms));
    tick.style.left = `${left}%`;
    return tick;
  });
  return h('div.axis', { 'aria-hidden': 'true' }, ...ticks);
}

/** What the colours mean, of those phases that there are. */
export function createLegend(suites: readonly SuiteReport[]): HTMLElement {
  const attempts = suites.flatMap((suite) => suite.attempts);
  const phases = attempts.flatMap((attempt) => attempt.phases);
  const verdicts = new Set(attempts.map(({ verdict }) => verdict));
  const names = (Object.keys(phaseWords) as PhaseName[]).filter((name) => name !== 'testing' && phases.some(({ phase }) => phase === name));
  const entries = [
    ...names.map((name) => [`p-${name}`, phaseWords[name]]),
    ...(verdicts.has('passed') ? [['p-testing v-passed', 'testing: passed']] : []),
    ...(verdicts.size > (verdicts.has('passed') ? 1 : 0) ? [['p-testing v-failed', 'testing: not passed']] : []),
    ...(phases.some(({ endedAt }) => endedAt === undefined) ? [['open', 'did not end']] : []),
  ];
  return h('ul.legend', { 'aria-label': 'Colours of the timeline' }, ...entries.map(([classes, text]) => h('li', {}, h('i', { class: classes, 'aria-hidden': 'true' }), text)));
}
