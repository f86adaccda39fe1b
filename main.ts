/* oxlint-disable no-new -- a construct adds itself to its scope */
// Writes the Helm chart of suites.config.ts: `node main.ts`, or `npx cdk8s synth`.
import { HelmApp } from './lib/chart/helm-app.ts';
import { loadConfig } from './lib/config/load.ts';
import { SuitesChart } from './lib/constructs/suites-chart.ts';

const { config } = await loadConfig();
const app = new HelmApp(config);
new SuitesChart(app, 'suites', config);
app.synth();
