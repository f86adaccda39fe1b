/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP, with the signal's name as the reason. The second one has
 * its default effect again and ends the process.
 */
export function abortOnSignals(target: NodeJS.EventEmitter = process): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals): void => {
    // npm and npx forward a Ctrl+C that the terminal has already sent to the whole process group.
    if (!controller.signal.aborted) {
      controller.abort(name);
      setTimeout(dispose, duplicateWindowMs).unref();
    }
  };
  const dispose = (): void => {
    for (const name of names) target.off(name, abort);
  };
  for (const name of names) target.on(name, abort);
  return { signal: controller.signal, dispose };
}

const duplicateWindowMs = 300;
const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
