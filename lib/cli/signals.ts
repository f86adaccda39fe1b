/**
 * Aborts on the first SIGINT or SIGTERM, with the signal's name as the reason. The second one has
 * its default effect again and ends the process.
 */
export function abortOnSignals(target: NodeJS.EventEmitter = process): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  let first = 0;
  const abort = (name: NodeJS.Signals): void => {
    // npm and npx forward a Ctrl+C that the terminal has already sent to the whole process group.
    if (first === 0) {
      first = Date.now();
      controller.abort(name);
      setTimeout(dispose, duplicateWindowMs).unref();
    }
  };
  const dispose = (): void => {
    target.off('SIGINT', abort);
    target.off('SIGTERM', abort);
  };
  target.on('SIGINT', abort);
  target.on('SIGTERM', abort);
  return { signal: controller.signal, dispose };
}

const duplicateWindowMs = 300;
