import type { Plan } from '../plan.ts';

/** A plan for programs. What a terminal would hide or obey is written as an escape of JSON. */
export function renderPlanJson(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2).replaceAll(/[\p{Cf}\u007f-\u009f\u2028\u2029]/gu, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
