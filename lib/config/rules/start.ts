import { entriesOf, type Draft } from '../draft.ts';
import type { Finding } from '../problem.ts';

/** Suites that wait for others can be held back, and none waits for itself. */
export function checkStart(draft: Draft): readonly Finding[] {
  const { start = 'all', trigger = 'job' } = draft;
  return [
    ...checkTrigger(start, trigger),
    ...entriesOf(draft.suites).flatMap(([name, { needs = [] }]) => [
      ...(start === 'all' && needs.length > 0 ? [needsControl(name)] : []),
      ...needs.flatMap((needed, index) => checkCycle(name, needed, index, draft)),
    ]),
  ];
}

function checkTrigger(start: string, trigger: string): readonly Finding[] {
  if (start === 'all' || trigger === 'job') return [];
  return [{ path: ['start'], rule: `must be 'all' with trigger '${trigger}', which decides itself when suites start`, hint: "write start: 'all', or trigger: 'job'" }];
}

function needsControl(name: string): Finding {
  return { path: ['suites', name, 'needs'], rule: "must stand beside start: 'controlled'; with 'all' every suite starts at once", hint: "write start: 'controlled'" };
}

/** A cycle is told once: at the first of its suites. */
function checkCycle(name: string, needed: string | undefined, index: number, draft: Draft): readonly Finding[] {
  if (needed === undefined) return [];
  const path = ['suites', name, 'needs', index];
  if (needed === name) return [{ path, rule: 'must be another suite', hint: 'leave it out' }];
  const cycle = pathBetween(needed, name, draft);
  const names = Object.keys(draft.suites ?? {});
  if (cycle === undefined || cycle.some((other) => names.indexOf(other) < names.indexOf(name))) return [];
  return [{ path, rule: `must not lead back to the suite: ${[name, ...cycle].join(' → ')}`, hint: 'leave one of them out' }];
}

/** The shortest way from one suite to another along their needs. */
function pathBetween(from: string, to: string, { suites = {} }: Draft): readonly string[] | undefined {
  const seen = new Set([from]);
  const ways: (readonly string[])[] = [[from]];
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    const needs = (Object.hasOwn(suites, last) ? suites[last]?.needs : undefined) ?? [];
    for (const next of needs) {
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
