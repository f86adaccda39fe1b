import type { Command } from 'commander';

export interface ReportOptions {
  /** @default `defaultReporters` */
  readonly reporter?: readonly string[];
  readonly outputDir: string;
}

export const defaultReporters: readonly string[] = ['default', 'json', 'junit'];

export function addReportOptions(command: Command): Command {
  return command
    .option('--reporter <name>', `reporter (repeatable): default, json, junit (default: ${defaultReporters.join(', ')})`, collect)
    .option('--output-dir <path>', 'folder of all runs', '.kubesuite');
}

/** For options that can be given several times; a variadic option would take the arguments behind it too. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
