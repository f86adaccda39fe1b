import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { version } from './version.ts';

/** Registers a command; `exit` takes the exit code of its action. */
export type AddCommand = (program: Command, context: CommandContext, exit: (code: number) => void) => void;

/** Loaded one by one: the Kubernetes client alone takes longer to import than `synth` takes to run. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import('./commands/init.ts')).addInitCommand,
  synth: async () => (await import('./commands/synth.ts')).addSynthCommand,
  plan: async () => (await import('./commands/plan.ts')).addPlanCommand,
  run: async () => (await import('./commands/run.ts')).addRunCommand,
  wait: async () => (await import('./commands/wait.ts')).addWaitCommand,
  merge: async () => (await import('./commands/merge.ts')).addMergeCommand,
  report: async () => (await import('./commands/report.ts')).addReportCommand,
  clean: async () => (await import('./commands/clean.ts')).addCleanCommand,
};

/** The program with the command that `argv` names, or with all of them when it names none. */
export async function createProgram(argv: readonly string[], context: CommandContext, exit: (code: number) => void): Promise<Command> {
  const program = new Command('kubesuite')
    .description('Runs every test suite of an application inside Kubernetes, each as its own Job, from one typed config.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.screen.write(text), writeErr: context.stderr })
    .addHelpText('after', '\nExit codes: 0 passed, 1 a suite failed, timed out or was skipped after others, 2 usage or config, 3 infrastructure errors only, 130 interrupted.');
  const named = Object.hasOwn(commands, argv[0] ?? '') ? commands[argv[0] ?? ''] : undefined;
  const loaders = named === undefined ? Object.values(commands) : [named];
  for (const add of await Promise.all(loaders.map(async (load) => load()))) add(program, context, exit);
  return program;
}
