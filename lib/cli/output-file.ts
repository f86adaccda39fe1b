import { appendFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../adapters/make-folder.ts';
import type { FileEnd, RunFolder } from '../ports/files.ts';

/** The run folder as a reporter sees it whose file goes somewhere else. */
export class RedirectedFolder implements RunFolder {
  readonly #folder: RunFolder;
  readonly #file: string;
  readonly #target: string;

  /**
   * @param folder - the run folder
   * @param file - path in it
   * @param target - absolute path that is written instead
   */
  constructor(folder: RunFolder, file: string, target: string) {
    this.#folder = folder;
    this.#file = file;
    this.#target = target;
  }

  get root(): string {
    return this.#folder.root;
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    if (path !== this.#file) return this.#folder.write(path, content);
    await makeFolder(dirname(this.#target));
    await writeFile(this.#target, content);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.#folder.read(path);
  }

  async append(path: string, content: string): Promise<void> {
    if (path !== this.#file) return this.#folder.append(path, content);
    await appendFile(this.#target, content);
  }

  async readEnd(path: string, maxBytes: number): Promise<FileEnd | undefined> {
    return this.#folder.readEnd(path, maxBytes);
  }
}
