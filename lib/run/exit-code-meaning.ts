/** What a shell says with an exit code of its own: 128 and the number of a signal of Linux, see signal(7). */
const meanings: ReadonlyMap<number, string> = new Map([
  [126, 'the command cannot be executed'],
  [127, 'command not found'],
  [132, 'SIGILL'],
  [134, 'SIGABRT'],
  [135, 'SIGBUS'],
  [136, 'SIGFPE'],
  [137, 'SIGKILL'],
  [139, 'SIGSEGV'],
  [141, 'SIGPIPE'],
  [143, 'SIGTERM'],
]);

/** Undefined for a code that only the suite knows. */
export function meaningOf(exitCode: number): string | undefined {
  return meanings.get(exitCode);
}
