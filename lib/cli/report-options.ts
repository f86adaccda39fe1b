import { Option, type Command } from 'commander';
import { reporterNames } from '../reporters/registry.ts';
import { toPath } from './name-arguments.ts';

export interface ReportOptions {
  /** @default `defaultReporters`, and `github` in GitHub Actions */
  readonly reporter?: readonly string[];
  /** As `<reporter>=<path>`. */
  readonly outputFile?: readonly string[];
  readonly outputDir: string;
  readonly failOnFlaky?: boolean;
}

export const defaultReporters: readonly string[] = ['default', 'json', 'junit', 'html'];

export function addReportOptions(command: Command): Command {
  return command
    .option('--reporter <name>', `reporter (repeatable): ${reporterNames.join(', ')}, or a path or package of your own (default: ${defaultReporters.join(', ')}; in GitHub Actions also github)`, collect)
    .option('--output-file <reporter=path>', 'write the file of a reporter there instead of into the folder of the run (repeatable)', collect)
    .addOption(new Option('--output-dir <path>', 'folder of all runs').default('.kubesuite').argParser(toPath))
    .option('--fail-on-flaky', 'exit with 1 when a suite passed only on a retry');
}

/** For options that can be given several times; a variadic option would take the arguments behind it too. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
