import { x } from 'tinyexec';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
  /** False: the caller looks at the exit code. */
  readonly throwOnError?: boolean;
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** Runs a program to its end; what it wrote to stderr becomes the error. */
export async function command(name: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandOutput> {
  const { cwd, env, input, timeoutMs = 120_000, throwOnError = true } = options;
  const running = x(name, [...args], {
    ...(input === undefined ? {} : { stdin: input }),
    timeout: timeoutMs,
    nodeOptions: { cwd, env: { ...process.env, ...env } },
  });
  const output = await running;
  const { stdout, stderr, exitCode } = output;
  if (throwOnError && exitCode !== 0) {
    const ending = running.aborted || exitCode === undefined ? `was ended (limit: ${timeoutMs / 1000} s)` : `ended with exit code ${exitCode}`;
    throw new Error(`${name} ${args.join(' ')} ${ending}:\n${stderr.trim() || stdout.trim()}`);
  }
  return { stdout, stderr, exitCode };
}
