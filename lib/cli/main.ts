import { setImmediate } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { TerminalScreen } from '../adapters/terminal-screen.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { KubesuiteError } from '../errors.ts';
import { exitCodes } from '../run/exit-code.ts';
import type { CommandContext } from './context.ts';
import { explainError } from './explain-error.ts';
import { createProgram } from './program.ts';
import { abortOnSignals } from './signals.ts';
import { StrayErrors } from './stray-errors.ts';

/** Runs one command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let remains = '';
  const { signal, dispose } = abortOnSignals({ onSecond: () => void process.stderr.write(remains) });
  // A closed pipe or terminal must not end the process before it has cleaned up.
  process.stderr.on('error', () => {});
  const screen = new TerminalScreen();
  const strays = new StrayErrors((text) => void process.stderr.write(text));
  const context: CommandContext = {
    cwd: process.cwd(),
    env: process.env,
    screen,
    stderr: (text) => void process.stderr.write(text),
    clock: systemClock,
    signal,
    announceRemains: (text) => {
      remains = text;
    },
    listenToStrays: (listener) => strays.listen(listener),
  };
  // A reporter or config can end the process, or leave it without anything to wait for.
  const onExit = (): void => {
    if (remains === '') return;
    process.stderr.write(`error: The process ended before the run did.\n${remains}`);
    process.exitCode = exitCodes.infrastructure;
  };
  process.once('exit', onExit);
  try {
    const exitCode = await execute(argv, context);
    // Rejections are told once the events before them are done.
    await setImmediate();
    return strays.wasMissed && exitCode === exitCodes.passed ? exitCodes.infrastructure : exitCode;
  } finally {
    strays.dispose();
    process.off('exit', onExit);
    dispose();
  }
}

/** The same in a given world. */
export async function execute(argv: readonly string[], context: CommandContext): Promise<number> {
  let exitCode: number = exitCodes.passed;
  try {
    const program = await createProgram(argv, context, (code) => {
      exitCode = code;
    });
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
    if (context.signal.aborted) {
      if (!isInterruption(error, context.signal)) context.stderr(explainError(error));
      return exitCodes.interrupted;
    }
    context.stderr(explainError(error));
    return error instanceof KubesuiteError && usageCodes.has(error.code) ? exitCodes.usage : exitCodes.infrastructure;
  }
}

/** The signal itself, or Helm, which is ended by it too. */
function isInterruption(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof KubesuiteError && error.code === 'HELM_FAILED');
}

/** Errors that the caller can mend by calling differently; all others are the infrastructure's. */
const usageCodes = new Set([
  'USAGE',
  'CONFIG_INVALID',
  'CONFIG_MISSING',
  'CONFIG_LOAD',
  'CHART_STALE',
  'CHART_FOLDER',
  'CONTEXT_UNKNOWN',
  'CONTEXT_MISSING',
  'CONTEXT_NOT_LOCAL',
  'KUBECONFIG',
  'RELEASE_UNKNOWN',
  'RELEASE_BUSY',
  'RELEASE_FOREIGN',
  'RUN_UNKNOWN',
  'EVENT_LOG',
  'OUTPUT_DIR',
  'REPORTER_LOAD',
  'BLOB',
  'VALUES_INVALID',
  'HELM_MISSING',
  'HELM_OLD',
]);
