import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { toSafePath } from './safe-path.ts';
import { sanitizeLine } from './sanitize.ts';

export interface ArchiveEntry {
  /** Relative POSIX path that cannot leave the folder it is written to. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface SkippedEntry {
  /** As that of an entry, where it can be one; else as the archive has it, which is not safe to print. */
  readonly path: string;
  readonly reason: string;
  /** What a link points to, as the path of an entry. */
  readonly target?: string;
}

export interface ArchiveLimits {
  readonly maxEntries: number;
  /** Of the unpacked tar, headers included. */
  readonly maxBytes: number;
  readonly maxFileBytes: number;
}

export const defaultArchiveLimits: ArchiveLimits = {
  maxEntries: 10_000,
  maxBytes: 200 * 1024 * 1024,
  maxFileBytes: 100 * 1024 * 1024,
};

export interface Unpacked {
  readonly ok: boolean;
  readonly problem?: 'too-large' | 'invalid';
  readonly message: string;
  /** Also when not ok: what came before the problem. */
  readonly entries: readonly ArchiveEntry[];
  readonly skipped: readonly SkippedEntry[];
}

class TooLarge extends Error {}

/**
 * Unpacks a tar.gz in memory. The archive comes from a container that nobody vouches for: only regular
 * files with a safe path are taken, links and devices never, and it stops at the first limit.
 */
export async function unpackArchive(archive: Uint8Array, limits: ArchiveLimits = defaultArchiveLimits): Promise<Unpacked> {
  const taken = new TakenPaths();
  const entries: ArchiveEntry[] = [];
  const skipped: SkippedEntry[] = [];
  let seen = 0;

  const unpacker = extract();
  unpacker.on('entry', (header, body, next) => {
    // Destroying the unpacker fails the body too, and nobody else would hear that.
    body.on('error', () => {});
    // tar-stream takes a size that it cannot read for null, and then waits for ever.
    if (!Number.isSafeInteger(header.size)) {
      unpacker.destroy(new Error(`the size of '${header.name}' cannot be read`));
      return;
    }
    if (++seen > limits.maxEntries) {
      unpacker.destroy(new TooLarge(`more than ${limits.maxEntries} entries`));
      return;
    }
    const choice = choose(header, taken, limits);
    if ('reason' in choice) skipped.push({ ...toSkipped(header), reason: choice.reason });
    const chunks: Uint8Array[] = [];
    body.on('data', (chunk) => {
      if (choice.path !== undefined && chunk instanceof Uint8Array) chunks.push(chunk);
    });
    body.on('end', () => {
      if (choice.path !== undefined) entries.push({ path: choice.path, bytes: Buffer.concat(chunks) });
      next();
    });
  });

  try {
    await pipeline(Readable.from([archive], { objectMode: false }), createGunzip(), bounded(limits.maxBytes), unpacker);
    return { ok: true, message: '', entries, skipped };
  } catch (error) {
    const problem = error instanceof TooLarge ? 'too-large' : 'invalid';
    const reason = sanitizeLine(error instanceof Error ? error.message : String(error), 200);
    return { ok: false, problem, message: `The packed results cannot be unpacked: ${reason}.`, entries, skipped };
  }
}

type Choice = { readonly path: string } | { readonly path?: undefined } | { readonly path?: undefined; readonly reason: string };

function choose(header: Header, taken: TakenPaths, limits: ArchiveLimits): Choice {
  if (header.type === 'directory') return {};
  if (header.type !== 'file' && header.type !== 'contiguous-file') return { reason: (header.type as string | null) ?? 'unknown type' };
  if (header.size > limits.maxFileBytes) return { reason: `larger than ${limits.maxFileBytes} bytes` };
  const safe = toSafePath(header.name);
  if (!safe.ok) return safe;
  const reason = taken.take(safe.path);
  return reason === undefined ? safe : { reason };
}

function toSkipped({ name, type, linkname }: Header): Omit<SkippedEntry, 'reason'> {
  const safe = toSafePath(name);
  const path = safe.ok ? safe.path : posix.normalize(name);
  // The target of a hard link is a name of the archive, that of a symbolic one is relative to its folder.
  const from = type === 'symlink' ? posix.dirname(path) : '';
  return { path, ...(linkname && { target: posix.join(from, linkname) }) };
}

/** Two entries never share a path, and no file lies where another one needs a folder. */
class TakenPaths {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  take(path: string): string | undefined {
    if (this.#files.has(path)) return 'duplicate path';
    if (this.#folders.has(path)) return 'path of a folder';
    const folders: string[] = [];
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) folders.push(path.slice(0, slash));
    if (folders.some((folder) => this.#files.has(folder))) return 'inside of a file';
    for (const folder of folders) this.#folders.add(folder);
    this.#files.add(path);
    return undefined;
  }
}

function bounded(maxBytes: number) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    let total = 0;
    for await (const chunk of chunks) {
      total += chunk.length;
      if (total > maxBytes) throw new TooLarge(`more than ${maxBytes} bytes`);
      yield chunk;
    }
  };
}
