import type { RunInfo } from '../../run/events.ts';
import type { Style } from './style.ts';
import { truncate } from './text.ts';

/** `run r7f3 · release shop · namespace default · context kind-dev` */
export function renderRunInfo(run: RunInfo, style: Style, width: number): string {
  const facts = [
    ['run', run.id],
    ['release', run.release],
    ['namespace', run.namespace],
    ['context', run.context],
  ].filter(([, value]) => value !== '');
  const [first = '', ...others] = truncate(facts.map((fact) => fact.join(' ')).join(' · '), width).split(' · ');
  return [style.bold(first), ...others.map((fact) => style.dim(fact))].join(style.dim(' · '));
}
