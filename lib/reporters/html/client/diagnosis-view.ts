import { formatOffset } from '../../render/duration.ts';
import type { Diagnosis } from '../../../run/report.ts';
import { copyButton } from './copy-button.ts';
import { h, type Child } from './element.ts';
import type { Page } from './page.ts';

/** What happened, what the cluster said, what to do. */
export function createDiagnosis({ title, hint, commands, docs, evidence }: Diagnosis, { span }: Page): HTMLElement {
  return h(
    'div.diagnosis',
    {},
    h('p', {}, h('strong', {}, `${title}.`), ' ', withCode(hint)),
    evidence.length > 0 &&
      h(
        'ul.evidence',
        { 'aria-label': 'What the cluster said' },
        ...evidence.map(({ source, kind, name, reason, message, at }) =>
          h('li', {}, h('span.dim', {}, [offset(at, span.start), source === 'event' ? 'Event of' : '', kind, name].filter(Boolean).join(' ')), ' ', h('b', {}, reason), message === '' ? '' : `: ${message}`),
        ),
      ),
    commands.length > 0 && h('ul.commands', { 'aria-label': 'Commands that help' }, ...commands.map((command) => h('li', {}, h('code', {}, command), copyButton(command, 'the command')))),
    h('p.dim', {}, `More: ${docs}`),
  );
}

/** Advice marks words of a config or a shell with backticks. */
export function withCode(text: string): readonly Child[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : h('code', {}, part)));
}

/** `+0:12`; the cluster's own time when it is before the run. */
export function offset(at: string, start: number): string {
  const ms = Date.parse(at) - start;
  return Number.isFinite(ms) ? `${ms < 0 ? '-' : '+'}${formatOffset(Math.abs(ms))}` : '';
}
