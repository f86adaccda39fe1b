import { x } from 'tinyexec';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Runs a command and gives its stdout; a failure throws with its stderr. */
export async function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { cwd, env = {}, input, timeoutMs = 120_000 } = options;
  const child = x(command, [...args], {
    timeout: timeoutMs,
    nodeOptions: { env: { ...process.env, ...env }, ...(cwd && { cwd }) },
  });
  if (input !== undefined) child.process?.stdin?.end(input);
  const { stdout, stderr, exitCode } = await child;
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${exitCode ?? `no code within ${timeoutMs / 1000} s`}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}

export async function succeeds(command: string, args: readonly string[], options: CommandOptions = {}): Promise<boolean> {
  return run(command, args, options).then(
    () => true,
    () => false,
  );
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
