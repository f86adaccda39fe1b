import type { Command } from 'commander';
import { collect } from './report-options.ts';
import type { Selection } from './select-suites.ts';

export interface SelectionOptions {
  readonly type: readonly string[];
  readonly tag: readonly string[];
}

/** @param verb - what the command does with suites: `run`, `show` */
export function addSelectionOptions(command: Command, verb: string): Command {
  return command
    .option('--type <name>', `${verb} only suites of this type (repeatable)`, collect, [])
    .option('--tag <name>', `${verb} only suites with this tag (repeatable)`, collect, []);
}

export function toSelection(suites: readonly string[], { type, tag }: SelectionOptions): Selection {
  return { suites, types: type, tags: tag };
}
