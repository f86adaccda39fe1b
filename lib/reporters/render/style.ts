import picocolors from 'picocolors';
import type { Screen } from '../../ports/screen.ts';
import type { Verdict } from '../../run/report.ts';
import type { SuiteProgress } from '../../run/progress.ts';

export type Style = ReturnType<typeof picocolors.createColors>;

export function createStyle(screen: Pick<Screen, 'colors'>): Style {
  return picocolors.createColors(screen.colors);
}

type Color = 'green' | 'yellow' | 'red' | 'dim' | 'cyan';

interface Look {
  readonly glyph: string;
  readonly word: string;
  readonly color: Color;
}

export const verdictLooks: Readonly<Record<Verdict, Look>> = {
  passed: { glyph: '✓', word: 'passed', color: 'green' },
  flaky: { glyph: '✓', word: 'flaky', color: 'yellow' },
  failed: { glyph: '✗', word: 'failed', color: 'red' },
  timedout: { glyph: '✗', word: 'timed out', color: 'red' },
  error: { glyph: '✗', word: 'error', color: 'red' },
  skipped: { glyph: '-', word: 'skipped', color: 'yellow' },
  interrupted: { glyph: '■', word: 'interrupted', color: 'yellow' },
};

export const phaseLooks: Readonly<Record<SuiteProgress['phase'], Look>> = {
  waiting: { glyph: '·', word: 'waiting', color: 'dim' },
  queued: { glyph: '○', word: 'queued', color: 'dim' },
  starting: { glyph: '◌', word: 'starting', color: 'yellow' },
  running: { glyph: '●', word: 'running', color: 'cyan' },
  collecting: { glyph: '◍', word: 'collecting', color: 'cyan' },
  ended: { glyph: '·', word: 'ended', color: 'dim' },
};
