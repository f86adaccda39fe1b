import type { Command } from 'commander';

export interface ReportOptions {
  readonly reporter: readonly string[];
  readonly outputDir: string;
}

export const defaultReporters: readonly string[] = ['default', 'json', 'junit'];

export function addReportOptions(command: Command): Command {
  return command
    .option('--reporter <name...>', 'reporters (repeatable): default, json, junit', [...defaultReporters])
    .option('--output-dir <path>', 'folder of all runs', '.kubesuite');
}
