import { Option } from 'commander';
import { loadConfig } from '../../config/load.ts';
import { createPlan } from '../../plan/create-plan.ts';
import { renderPlanJson } from '../../plan/render/json.ts';
import { renderPlanMarkdown } from '../../plan/render/markdown.ts';
import { renderPlanTable } from '../../plan/render/table.ts';
import { createStyle } from '../../reporters/render/style.ts';
import type { AddCommand } from '../program.ts';
import { collect } from '../report-options.ts';
import { findDeselected } from '../select-suites.ts';

interface PlanCommandOptions {
  readonly config?: string;
  readonly type: readonly string[];
  readonly tag: readonly string[];
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export const addPlanCommand: AddCommand = (program, context) => {
  program
    .command('plan')
    .description('Shows what will run, as whom, what it may talk to, with which limits and in what order. Needs no cluster.')
    .argument('[suite...]', 'suites to show (default: all)')
    .option('--config <path>', 'config file (default: suites.config.ts)')
    .option('--type <name>', 'show only suites of this type (repeatable)', collect, [])
    .option('--tag <name>', 'show only suites with this tag (repeatable)', collect, [])
    .addOption(new Option('--json', 'everything, with every suite after inheritance, as JSON').conflicts('markdown'))
    .option('--markdown', 'tables for a pull request')
    .action(async (suites: readonly string[], { config: path, type, tag, json, markdown }: PlanCommandOptions) => {
      const { config } = await loadConfig(path, context.cwd);
      const plan = createPlan(config, { leftOut: findDeselected(config, { suites, types: type, tags: tag }) });
      if (json) context.screen.write(renderPlanJson(plan));
      else if (markdown) context.screen.write(renderPlanMarkdown(plan));
      else context.screen.write(renderPlanTable(plan, createStyle(context.screen)));
    });
};
