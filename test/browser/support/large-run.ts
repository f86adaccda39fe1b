import { passing, type RecordedRun } from './every-cause.ts';

export function largeRun(suites: number, tests: number): RecordedRun {
  const parts = Array.from({ length: suites }, (_, index) => passing(`suite-${index + 1}`, Math.floor(tests / suites), index % 120));
  return {
    files: new Map(),
    events: [
      { type: 'run-started', version: 1, at: '2026-03-01T10:00:00Z', run: { id: 'large', release: 'shop', namespace: 'shop-tests', context: 'kind-dev', chart: 'shop-suites-0.1.0' }, suites: parts.map((part) => part.planned) },
      ...parts.flatMap(({ events }) => events),
      { type: 'run-ended', at: '2026-03-01T10:05:00Z' },
    ],
  };
}
