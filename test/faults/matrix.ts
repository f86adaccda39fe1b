import { cliAndApi } from './cli-and-api.ts';
import type { FaultGroup } from './fault.ts';
import { killedCli } from './killed-cli.ts';
import { ownNode } from './own-node.ts';
import { pods } from './pods.ts';
import { releases } from './releases.ts';

/** Everything that is done to a run, beside suites that are broken by themselves. */
export const matrix: readonly FaultGroup[] = [killedCli, cliAndApi, pods, releases, ownNode];
