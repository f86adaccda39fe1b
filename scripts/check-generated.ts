import { loadConfig } from '../lib/config/load.ts';
import { checkChart } from '../lib/chart/check.ts';
import { renderChart } from '../lib/chart/render.ts';

/** The committed chart of the demo is what its config says. */
const { config } = await loadConfig();
const folder = `charts/${config.name}`;
const stale = await checkChart(folder, renderChart(config));
if (stale !== '') {
  console.error(`${stale}\n${folder} is stale: run \`npm run synth\`.`);
  process.exitCode = 1;
}
