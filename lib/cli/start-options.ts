import { InvalidArgumentError, Option, type Command } from 'commander';
import { KubesuiteError } from '../errors.ts';
import type { DiscoveredRelease } from '../run/discover-release.ts';

export interface StartOptions {
  /** Failed suites after which no other one starts. */
  readonly bail?: number;
  /** Suites at the same time. */
  readonly maxWorkers?: number;
}

export function addStartOptions(command: Command): Command {
  return command
    .addOption(new Option('--bail [count]', 'start no other suites when so many have failed').preset('1').argParser(toCount))
    .option('--max-workers <count>', "how many suites may run at the same time; only for charts with start: controlled", toCount);
}

/** Nobody holds back Jobs that start by themselves. */
export function refuseWorkers({ maxWorkers }: StartOptions, { controlled, run }: Pick<DiscoveredRelease, 'controlled'> & { readonly run: Pick<DiscoveredRelease['run'], 'release'> }): void {
  if (maxWorkers === undefined || controlled) return;
  throw new KubesuiteError('USAGE', `--max-workers needs a chart whose Jobs wait to be started, and those of release '${run.release}' start by themselves.`, {
    hint: "write start: 'controlled' in the config, or set the chart's value start to controlled",
  });
}

function toCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || !Number.isSafeInteger(count)) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return count;
}
