export interface SignalOptions {
  /** @default process */
  readonly target?: NodeJS.EventEmitter;
  /** Runs before the second signal ends the process, and must not wait for anything. */
  readonly onSecond?: () => void;
}

/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP, with the signal's name as the reason. The second one has
 * its default effect and ends the process.
 */
export function abortOnSignals({ target = process, onSecond }: SignalOptions = {}): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  let armed = false;
  const receive = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      // npm and npx forward a Ctrl+C that the terminal has already sent to the whole process group.
      if (armed) leave(name);
      return;
    }
    controller.abort(name);
    setTimeout(() => {
      armed = true;
    }, duplicateWindowMs).unref();
  };
  const dispose = (): void => {
    for (const name of names) target.off(name, receive);
  };
  const leave = (name: NodeJS.Signals): void => {
    dispose();
    onSecond?.();
    process.kill(process.pid, name);
  };
  for (const name of names) target.on(name, receive);
  return { signal: controller.signal, dispose };
}

const duplicateWindowMs = 300;
const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
