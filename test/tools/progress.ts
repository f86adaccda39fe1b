/** One line on stderr, so that a long wait is never silent. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Says every 15 s that work which takes long still goes on. */
export async function withProgress<T>(what: string, about: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  progress(`${what} (about ${about}) ...`);
  const timer = setInterval(() => {
    progress(`  still ${what}: ${Math.round((Date.now() - started) / 1000)} s of about ${about}`);
  }, 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
