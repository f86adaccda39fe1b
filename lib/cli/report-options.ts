import { InvalidArgumentError, type Command } from 'commander';
import { parseDuration } from '../config/schema/duration.ts';

export interface ReportOptions {
  /** @default `defaultReporters` */
  readonly reporter?: readonly string[];
  readonly outputDir: string;
  /** Seconds. */
  readonly queueTimeout?: number;
}

export const defaultReporters: readonly string[] = ['default', 'json', 'junit'];

export function addReportOptions(command: Command): Command {
  return command
    .option('--reporter <name>', `reporter (repeatable): default, json, junit (default: ${defaultReporters.join(', ')})`, collect)
    .option('--queue-timeout <duration>', 'how long suites may wait in a queue of Kueue in which none of this run moves (default: 1h)', toSeconds)
    .option('--output-dir <path>', 'folder of all runs', '.kubesuite');
}

function toSeconds(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === undefined || seconds === 0) throw new InvalidArgumentError("must be a duration such as '90s', '5m' or '1h30m'.");
  return seconds;
}

/** For options that can be given several times; a variadic option would take the arguments behind it too. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
