import { widthOf } from './text.ts';

/** Widths that all lines about suites share, so that they read as a table. */
export interface SuiteColumns {
  readonly key: number;
  readonly type: number;
}

const widestKey = 48;
const widestType = 20;
/** Measuring takes time, and nobody sees what is cut. */
const farBehind = 500;

export function suiteColumns(suites: readonly { readonly key: string; readonly type: string }[], screenColumns: number): SuiteColumns {
  const widest = (texts: readonly string[]): number => texts.reduce((width, text) => Math.max(width, widthOf(text.slice(0, farBehind))), 1);
  return {
    key: Math.min(widest(suites.map(({ key }) => key)), widestKey, Math.max(8, Math.floor(screenColumns * 0.4))),
    type: Math.min(widest(suites.map(({ type }) => type)), widestType, Math.max(4, Math.floor(screenColumns * 0.15))),
  };
}
