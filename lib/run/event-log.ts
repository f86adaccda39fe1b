import type { RunFolder } from '../ports/files.ts';
import type { RunEvent } from './events.ts';
import { runFiles } from './run-folder-layout.ts';

/**
 * Writes events without making the run wait for the disk: what comes while a write is under way goes
 * into the next one. A failed write is thrown at the next event.
 */
export class EventLog {
  readonly #folder: RunFolder;
  #lines = '';
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(folder: RunFolder) {
    this.#folder = folder;
  }

  append(event: RunEvent): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#lines += `${JSON.stringify(event)}\n`;
    this.#writing ??= this.#write();
  }

  /** Resolves when everything is on the disk. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #write(): Promise<void> {
    try {
      while (this.#lines !== '') {
        const lines = this.#lines;
        this.#lines = '';
        await this.#folder.append(runFiles.events, lines);
      }
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#writing = undefined;
    }
  }
}
