import { createTwoFilesPatch } from 'diff';
import type { ChartFiles } from './chart-files.ts';

export interface StaleFile {
  /** Relative to the chart's folder. */
  readonly path: string;
  readonly state: 'missing' | 'changed' | 'superfluous';
  /** Unified diff from what is on disk to what the config gives. */
  readonly diff: string;
}

/** What `synth` would change; empty when the chart on disk is up to date. */
export function compareCharts(rendered: ChartFiles, onDisk: ChartFiles): readonly StaleFile[] {
  const paths = [...new Set([...rendered.keys(), ...onDisk.keys()])].toSorted();
  return paths
    .filter((path) => rendered.get(path) !== onDisk.get(path))
    .map((path) => ({ path, state: stateOf(path, rendered, onDisk), diff: toDiff(path, onDisk.get(path), rendered.get(path)) }));
}

function stateOf(path: string, rendered: ChartFiles, onDisk: ChartFiles): StaleFile['state'] {
  if (!onDisk.has(path)) return 'missing';
  return rendered.has(path) ? 'changed' : 'superfluous';
}

function toDiff(path: string, before: string | undefined, after: string | undefined): string {
  return createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${path}`,
    after === undefined ? '/dev/null' : `b/${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3 },
  );
}
