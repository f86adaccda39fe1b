import { Option } from 'commander';
import { estimateRelease } from '../../chart/release/estimate-release.ts';
import { loadConfig } from '../../config/load.ts';
import { createPlan } from '../../plan/create-plan.ts';
import { renderPlanJson } from '../../plan/render/json.ts';
import { renderPlanMarkdown } from '../../plan/render/markdown.ts';
import { renderPlanTable } from '../../plan/render/table.ts';
import { createStyle } from '../../reporters/render/style.ts';
import type { AddCommand } from '../program.ts';
import { findDeselected } from '../select-suites.ts';
import { addSelectionOptions, toSelection, type SelectionOptions } from '../selection-options.ts';

interface PlanCommandOptions extends SelectionOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export const addPlanCommand: AddCommand = (program, context) => {
  const command = program
    .command('plan')
    .description('Shows what will run, as whom, what it may talk to, with which limits and in what order. Needs no cluster.')
    .argument('[suite...]', 'suites to show (default: all)')
    .option('--config <path>', 'config file (default: suites.config.ts)');
  addSelectionOptions(command, 'show')
    .addOption(new Option('--json', 'everything, with every suite after inheritance, as JSON').conflicts('markdown'))
    .option('--markdown', 'tables for a pull request')
    .action(async (suites: readonly string[], options: PlanCommandOptions) => {
      const { json, markdown } = options;
      const { config } = await loadConfig(options.config, context.cwd);
      const plan = createPlan(config, { leftOut: findDeselected(config, toSelection(suites, options)), release: estimateRelease(config) });
      if (json) context.screen.write(renderPlanJson(plan));
      else if (markdown) context.screen.write(renderPlanMarkdown(plan));
      else context.screen.write(renderPlanTable(plan, createStyle(context.screen), context.screen.interactive ? context.screen.columns : undefined));
    });
};
