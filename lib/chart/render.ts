/* oxlint-disable no-new -- a construct adds itself to its scope */
import type { ResolvedConfig } from '../config/resolved.ts';
import { SuitesChart } from '../constructs/suites-chart.ts';
import type { ChartFiles } from './chart-files.ts';
import { HelmApp } from './helm-app.ts';

/**
 * The whole Helm chart of a config, in memory: a HelmApp with a SuitesChart and nothing else.
 * @param config - what `loadConfig` gives
 * @throws KubesuiteError as `new SuitesChart` and `HelmApp.render` do
 */
export function renderChart(config: ResolvedConfig): ChartFiles {
  const app = new HelmApp({ name: config.name });
  new SuitesChart(app, 'suites', config);
  return app.render();
}
