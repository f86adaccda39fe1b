/**
 * Exit codes with a meaning of their own: 126 and 127 are a shell's, 128 and the number of a signal of Linux, see
 * signal(7), are a shell's or, for the command of the container itself, the container runtime's. Left out are signals
 * that mean what a program wants (SIGUSR1, SIGUSR2, its timers), and SIGHUP: 129 is rather git, called wrongly.
 */
export const exitCodeMeanings: ReadonlyMap<number, string> = new Map([
  [126, 'the command cannot be executed'],
  [127, 'command not found'],
  [130, 'SIGINT'],
  [131, 'SIGQUIT'],
  [132, 'SIGILL'],
  [133, 'SIGTRAP'],
  [134, 'SIGABRT'],
  [135, 'SIGBUS'],
  [136, 'SIGFPE'],
  [137, 'SIGKILL'],
  [139, 'SIGSEGV'],
  [141, 'SIGPIPE'],
  [143, 'SIGTERM'],
  [152, 'SIGXCPU: out of CPU time'],
  [153, 'SIGXFSZ: a file larger than allowed'],
  [159, 'SIGSYS: a system call that seccomp forbids'],
]);
