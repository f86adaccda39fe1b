import { formatDuration } from '../../render/duration.ts';
import type { PhaseName } from '../../../run/phases.ts';
import type { Verdict } from '../../../run/report.ts';
import type { TestStatus } from '../../../run/results/test-case.ts';

/** Worst first, as they are sorted. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  error: 'error',
  timedout: 'timed out',
  failed: 'failed',
  interrupted: 'interrupted',
  flaky: 'flaky',
  skipped: 'skipped',
  passed: 'passed',
};

export const verdictGlyphs: Readonly<Record<Verdict, string>> = {
  error: '!',
  timedout: '◷',
  failed: '✗',
  interrupted: '■',
  flaky: '≈',
  skipped: '–',
  passed: '✓',
};

export const statusGlyphs: Readonly<Record<TestStatus, string>> = { failed: '✗', error: '!', skipped: '–', todo: '–', passed: '✓' };

export const phaseWords: Readonly<Record<PhaseName, string>> = {
  queued: 'queued',
  pulling: 'pulling the image',
  starting: 'starting',
  guarding: 'network guard',
  testing: 'testing',
  collecting: 'collecting results',
};

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Kubernetes tells whole seconds. */
export function ranFor(ms: number): string {
  return ms === 0 ? '<1s' : formatDuration(ms);
}

export function isFailing({ status }: { readonly status: TestStatus }): boolean {
  return status === 'failed' || status === 'error';
}
