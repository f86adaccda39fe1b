import type { Verdict } from '../../../run/report.ts';
import { verdictGlyphs, verdictWords } from '../view/words.ts';
import { decoration, h } from './element.ts';

export function verdictBadge(verdict: Verdict): HTMLElement {
  return h('span.badge', { class: `v-${verdict}` }, decoration(verdictGlyphs[verdict], 'glyph'), ` ${verdictWords[verdict]}`);
}

export function causeBadge(cause: string): HTMLElement {
  return h('span.badge.cause', {}, cause);
}
