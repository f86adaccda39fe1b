/** The run folder, `.kubesuite/runs/<run>/`. Paths are relative to it and cannot leave it. */
export interface RunFolder {
  /** Its path. */
  readonly root: string;
  /** Writes a whole file. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Adds to the end of a file. */
  append(path: string, content: string): Promise<void>;
}
