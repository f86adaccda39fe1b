import type { ChartFiles } from './chart-files.ts';
import { compareCharts } from './compare.ts';
import { readChart } from './write.ts';

/** Unified diff of what `synth` would change in the chart's folder; empty when it is up to date. */
export function checkChart(root: string, rendered: ChartFiles): string {
  return compareCharts(rendered, readChart(root, rendered))
    .map(({ diff }) => diff)
    .join('\n');
}
