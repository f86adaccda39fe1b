import { explainError } from './explain-error.ts';

const events = ['unhandledRejection', 'uncaughtException'] as const;

/**
 * Errors that reach nobody, such as of a promise that a reporter does not wait for, or of its timer. They must not end
 * a run in its middle, which would lose its report and leave its release behind; but what they were about is not done.
 */
export class StrayErrors {
  readonly #stderr: (text: string) => void;
  #listener: ((error: unknown) => void) | undefined;
  #wasMissed = false;

  constructor(stderr: (text: string) => void) {
    this.#stderr = stderr;
    for (const event of events) process.on(event, this.#receive);
  }

  /** Whether one came when nobody listened. */
  get wasMissed(): boolean {
    return this.#wasMissed;
  }

  /** @returns what ends it */
  listen(listener: (error: unknown) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }

  dispose(): void {
    for (const event of events) process.off(event, this.#receive);
  }

  readonly #receive = (error: unknown): void => {
    if (this.#listener !== undefined) {
      this.#listener(error);
      return;
    }
    this.#wasMissed = true;
    this.#stderr(`error: Something failed that nobody waited for, which is a mistake in a reporter or in the config.\n${explainError(error)}`);
  };
}
