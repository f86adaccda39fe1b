import { readFile } from 'node:fs/promises';
import { checkChart } from '../lib/chart/check.ts';
import { renderChart } from '../lib/chart/render.ts';
import { loadConfig } from '../lib/config/load.ts';
import { renderGenerated } from './generated.ts';

/** The committed chart, reference and snippets are what their sources say, and the example loads. */
await loadConfig('examples/readme/suites.config.ts');
const { config } = await loadConfig();
const folder = `charts/${config.name}`;
const stale = checkChart(folder, renderChart(config));
if (stale !== '') fail(`${stale}\n${folder} is stale: run \`npm run synth\`.`);
for (const [path, content] of await renderGenerated()) {
  const onDisk = await readFile(path, 'utf8').catch(() => '');
  if (onDisk !== content) fail(`${path} is stale: run \`npm run generate\`.`);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
