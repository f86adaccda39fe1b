import type { ChartFiles } from './chart-files.ts';
import { compareCharts } from './compare.ts';
import { readChart } from './write.ts';

/**
 * Compares a chart with the one on disk, for CI.
 * @param root - folder of the chart
 * @param rendered - what `renderChart` or `HelmApp.render` gives
 * @returns unified diff of what `writeChart` would change; empty when the folder is up to date
 */
export function checkChart(root: string, rendered: ChartFiles): string {
  return compareCharts(rendered, readChart(root, rendered))
    .map(({ diff }) => diff)
    .join('\n');
}
