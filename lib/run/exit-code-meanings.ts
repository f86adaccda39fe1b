/** What a shell says with an exit code of its own: 128 and the number of a signal of Linux, see signal(7). */
export const exitCodeMeanings: ReadonlyMap<number, string> = new Map([
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
