import { resolve } from 'node:path';
import { checkChart } from '../../chart/check.ts';
import { renderChart } from '../../chart/render.ts';
import { writeChart } from '../../chart/write.ts';
import { loadConfig } from '../../config/load.ts';
import { plural } from '../../plural.ts';
import { exitCodes } from '../../run/exit-code.ts';
import { holdsChart, prepareChartFolder } from '../chart-folder.ts';
import type { AddCommand } from '../program.ts';

interface SynthOptions {
  readonly config?: string;
  readonly output?: string;
  readonly check?: boolean;
}

export const addSynthCommand: AddCommand = (program, context, exit) => {
  program
    .command('synth')
    .description('Writes the Helm chart of the config, or with --check compares it with the one on disk.')
    .option('--config <path>', 'config file (default: suites.config.ts)')
    .option('--output <path>', 'folder of the chart (default: charts/<name>)')
    .option('--check', 'write nothing; print a diff and exit with 2 when the chart on disk is stale')
    .action(async (options: SynthOptions) => {
      const { config } = await loadConfig(options.config, context.cwd);
      const folder = options.output ?? `charts/${config.name}`;
      const files = renderChart(config);
      if (options.check) {
        const root = resolve(context.cwd, folder);
        if (!holdsChart(root)) {
          context.screen.write(`There is no chart in ${folder}: run \`kubesuite synth\`.\n`);
          exit(exitCodes.usage);
          return;
        }
        const stale = checkChart(root, files);
        context.screen.write(stale === '' ? `${folder} is up to date.\n` : `${stale}\n${folder} is stale: run \`kubesuite synth\`.\n`);
        exit(stale === '' ? exitCodes.passed : exitCodes.usage);
        return;
      }
      const root = resolve(context.cwd, folder);
      await prepareChartFolder(root, config.name);
      const { removed } = writeChart(root, files);
      for (const path of removed) context.screen.write(`Removed ${folder}/${path}, which the chart does not have.\n`);
      context.screen.write(`Wrote ${folder}: ${files.size} files, ${plural(config.suites.length, 'suite')}.\n`);
    });
};
