import { constants } from 'node:fs';
import { lstat, mkdir, open, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { KubesuiteError } from '../errors.ts';
import { hasCode } from '../has-code.ts';
import type { FileEnd, RunFolder } from '../ports/files.ts';
import { makeFolder } from './make-folder.ts';

const { O_RDONLY, O_NONBLOCK, O_WRONLY, O_CREAT, O_TRUNC, O_APPEND, O_NOFOLLOW } = constants;

/** The run folder on this machine's disk. Names of files come out of containers, so they are not trusted. */
export class LocalRunFolder implements RunFolder {
  readonly root: string;
  readonly #pending = new Map<string, Promise<void>>();

  constructor(root: string) {
    this.root = root;
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    await this.#put(path, content, O_TRUNC);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const file = await this.#openToRead(path);
    try {
      return await file?.readFile();
    } finally {
      await file?.close();
    }
  }

  async append(path: string, content: string): Promise<void> {
    await this.#put(path, content, O_APPEND);
  }

  async readEnd(path: string, maxBytes: number): Promise<FileEnd | undefined> {
    const file = await this.#openToRead(path);
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      const omittedBytes = Math.max(0, size - maxBytes);
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - omittedBytes), position: omittedBytes });
      return { text: buffer.toString('utf8', 0, bytesRead), omittedBytes };
    } finally {
      await file.close();
    }
  }

  /** A regular file below folders that are no links; anything else is as if it was not there. */
  async #openToRead(path: string): Promise<FileHandle | undefined> {
    if (problemOf(path) !== undefined) return undefined;
    const segments = splitPath(path);
    await this.#pending.get(path);
    for (let depth = 1; depth < segments.length; depth++) {
      if (!(await isFolder(join(this.root, ...segments.slice(0, depth))))) return undefined;
    }
    // A fifo in the place of a file must not hold up the reader.
    const file = await open(join(this.root, ...segments), O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0)).catch(() => undefined);
    if (file === undefined || (await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
  }

  /** One after the other for each file, in the order of the calls; a failure does not stop the next. */
  async #put(path: string, content: string | Uint8Array, mode: number): Promise<void> {
    const segments = segmentsOf(path);
    const before = this.#pending.get(path) ?? Promise.resolve();
    const done = before.then(() => this.#store(segments, content, mode)).catch((error: unknown) => {
      throw error instanceof KubesuiteError ? error : unwritable(path, error);
    });
    const settled = done.catch(() => {});
    this.#pending.set(path, settled);
    try {
      await done;
    } finally {
      if (this.#pending.get(path) === settled) this.#pending.delete(path);
    }
  }

  async #store(segments: readonly string[], content: string | Uint8Array, mode: number): Promise<void> {
    const file = await this.#openToWrite(segments, mode);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
  }

  async #openToWrite(segments: readonly string[], mode: number): Promise<FileHandle> {
    const folders = segments.slice(0, -1);
    if (folders.length > 0) await this.#makeFolders(folders);
    const target = join(this.root, ...segments);
    return openNoLink(target, mode).catch(async (error: unknown) => {
      // Most writes go to the event log, whose folder is there from the second one on.
      if (!hasCode(error, 'ENOENT')) throw error;
      await makeFolder(this.root);
      return openNoLink(target, mode);
    });
  }

  async #makeFolders(segments: readonly string[]): Promise<void> {
    await makeFolder(this.root);
    let folder = this.root;
    for (const segment of segments) {
      folder = join(folder, segment);
      await makeFolderHere(folder);
    }
  }
}

async function openNoLink(path: string, mode: number): Promise<FileHandle> {
  return open(path, O_WRONLY | O_CREAT | mode | (O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    throw hasCode(error, 'ELOOP') ? outside(path, 'is a symbolic link') : error;
  });
}

/** Unlike `mkdir -p` it follows no link: one could lead out of the run folder. */
async function makeFolderHere(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  const found = await lstat(path);
  if (!found.isDirectory()) throw outside(path, found.isSymbolicLink() ? 'is a symbolic link' : 'is no folder');
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then((found) => found.isDirectory(), () => false);
}

function segmentsOf(path: string): readonly string[] {
  const problem = problemOf(path);
  if (problem !== undefined) throw outside(path, problem);
  return splitPath(path);
}

function splitPath(path: string): readonly string[] {
  return path.split(sep === '\\' ? /[/\\]/ : '/');
}

function problemOf(path: string): string | undefined {
  if (isAbsolute(path)) return 'is absolute';
  if (path.includes('\0')) return 'has a NUL character';
  if (splitPath(path).some((segment) => segment === '' || segment === '.' || segment === '..')) return 'has an empty, `.` or `..` segment';
  return undefined;
}

function unwritable(path: string, error: unknown): KubesuiteError {
  const said = error instanceof Error ? error.message : String(error);
  return new KubesuiteError('RUN_FOLDER', `${path} cannot be written: ${said}.`, { cause: error, hint: 'make room for the results of a run, or choose another folder with --output-dir' });
}

function outside(path: string, reason: string): KubesuiteError {
  return new KubesuiteError('RUN_FOLDER_PATH', `A path in the run folder must stay in it: ${JSON.stringify(path)} ${reason}.`);
}
