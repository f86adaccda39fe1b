import { x, type Options } from 'tinyexec';

/** Processes that a test starts. What of them still runs when the test is over, passed or failed, is killed by its id. */
export class ChildProcesses {
  readonly #running = new Set<ReturnType<typeof x>>();

  spawn(command: string, args: readonly string[], options: Partial<Options>): ReturnType<typeof x> {
    const child = x(command, [...args], options);
    this.#running.add(child);
    child.process?.once('close', () => this.#running.delete(child));
    return child;
  }

  async killAll(): Promise<void> {
    const killed = [...this.#running].map(async (child) => {
      const closed = new Promise((resolve) => child.process?.once('close', resolve));
      child.kill('SIGKILL');
      await closed;
    });
    await Promise.all(killed);
  }
}
