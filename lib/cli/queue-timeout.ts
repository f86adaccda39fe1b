import { InvalidArgumentError, type Command } from 'commander';
import { parseDuration } from '../config/schema/duration.ts';

export interface QueueOptions {
  /** Seconds. @default `defaultQueueTimeoutSeconds` */
  readonly queueTimeout?: number;
}

export function addQueueTimeout(command: Command): Command {
  return command.option('--queue-timeout <duration>', 'how long suites may wait for the quota of a type or in a queue of Kueue while none of the run is running (default: 1h)', toSeconds);
}

function toSeconds(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === undefined || seconds === 0) throw new InvalidArgumentError("It must be a duration such as '90s', '5m' or '1h30m'.");
  return seconds;
}
