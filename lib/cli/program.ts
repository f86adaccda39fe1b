import { Command } from 'commander';
import { addCleanCommand } from './commands/clean.ts';
import { addInitCommand } from './commands/init.ts';
import { addReportCommand } from './commands/report.ts';
import { addRunCommand } from './commands/run.ts';
import { addSynthCommand } from './commands/synth.ts';
import { addWaitCommand } from './commands/wait.ts';
import type { CommandContext } from './context.ts';
import { version } from './version.ts';

/** Registers a command; `exit` takes the exit code of its action. */
export type AddCommand = (program: Command, context: CommandContext, exit: (code: number) => void) => void;

const commands: readonly AddCommand[] = [
  addInitCommand,
  addSynthCommand,
  addRunCommand,
  addWaitCommand,
  addReportCommand,
  addCleanCommand,
];

export function createProgram(context: CommandContext, exit: (code: number) => void): Command {
  const program = new Command('kubesuite')
    .description('Runs every test suite of an application inside Kubernetes, each as its own Job, from one typed config.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.screen.write(text), writeErr: context.stderr })
    .addHelpText('after', '\nExit codes: 0 passed, 1 a suite failed or timed out, 2 usage or config, 3 infrastructure errors only, 130 interrupted.');
  for (const add of commands) add(program, context, exit);
  return program;
}
