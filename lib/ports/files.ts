/** The end of a text file. */
export interface FileEnd {
  /** From somewhere in it up to the end. */
  readonly text: string;
  /** How much of its beginning is not in `text`. */
  readonly omittedBytes: number;
}

/** The run folder, `.kubesuite/runs/<run>/`. Paths are relative to it and cannot leave it. */
export interface RunFolder {
  /** Its path. */
  readonly root: string;
  /** Writes a whole file. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Adds to the end of a file. */
  append(path: string, content: string): Promise<void>;
  /** The last `maxBytes` of a text file; undefined: there is none. */
  readEnd(path: string, maxBytes: number): Promise<FileEnd | undefined>;
}
