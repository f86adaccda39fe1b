import { gunzipSync, gzipSync } from 'node:zlib';
import { KubesuiteError } from '../errors.ts';
import type { RunEvent } from '../run/events.ts';

/** Version of the blob format; older ones are read, newer ones refused. */
export const blobVersion = 1;

/** Of one file, 512 MiB: five times what a file of results may have. More was made to fill a disk. */
export const largestFileBytes = 512 * 1024 * 1024;

interface BlobFile {
  readonly file: string;
  readonly gzip: string;
}

/** A line of a blob: what it is, the events in their order, the files, and an end that tells a cut one. */
export type BlobLine =
  | { readonly kubesuite: 'blob'; readonly version: number }
  | { readonly event: RunEvent }
  | BlobFile
  | { readonly lines: number };

/** A larger file is refused here: a blob with it could not be merged. */
export function packFile(file: string, content: Uint8Array): BlobFile {
  if (content.byteLength > largestFileBytes) throw new KubesuiteError('BLOB', `A file of a blob has at most ${largestFileBytes} bytes; ${file} has ${content.byteLength}.`);
  return { file, gzip: gzipSync(content).toString('base64') };
}

/** Reads the lines of a blob one by one. */
export class BlobReader {
  readonly #name: string;
  #lines = 0;
  #ended = false;

  constructor(name: string) {
    this.#name = name;
  }

  /** Undefined for the first and the last line. */
  read(text: string): Extract<BlobLine, { readonly event: RunEvent } | BlobFile> | undefined {
    const line = this.#parse(text);
    const isFirst = this.#lines === 0;
    if (isFirst) this.#begin(line);
    else if ('lines' in line) this.#ended = line.lines === this.#lines;
    this.#lines += 1;
    return 'event' in line || 'file' in line ? line : undefined;
  }

  /** What the file of the line that was read last holds. */
  unpack({ file, gzip }: BlobFile): Uint8Array {
    try {
      return gunzipSync(Buffer.from(gzip, 'base64'), { maxOutputLength: largestFileBytes });
    } catch (error) {
      throw new KubesuiteError('BLOB', `${this.#name}:${this.#lines} holds '${file}', which cannot be unpacked: ${(error as Error).message}.`, { hint: 'upload and download it again', cause: error });
    }
  }

  end(): void {
    if (this.#ended) return;
    throw new KubesuiteError('BLOB', `${this.#name} is cut off: it ends after ${this.#lines} lines without its end.`, { hint: 'upload and download it again' });
  }

  #begin(line: BlobLine): void {
    if (!('kubesuite' in line)) throw new KubesuiteError('BLOB', `${this.#name} is no blob of kubesuite.`, { hint: 'write one with --reporter blob' });
    if (line.version <= blobVersion) return;
    throw new KubesuiteError('BLOB', `${this.#name} has version ${line.version}; this kubesuite reads up to ${blobVersion}.`, {
      hint: 'merge with the version of kubesuite that wrote it, or a newer one',
    });
  }

  #parse(text: string): BlobLine {
    const line = parseJson(text);
    if (typeof line === 'object' && line !== null && ['kubesuite', 'event', 'file', 'lines'].some((key) => key in line) && !this.#ended) return line as BlobLine;
    throw new KubesuiteError('BLOB', `${this.#name}:${this.#lines + 1} is no line of a blob: received '${text.slice(0, 80)}'.`, { hint: 'write one with --reporter blob' });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
