/** The run folder, `.kubesuite/runs/<run>/`. Paths are relative to it and cannot leave it. */
export interface RunFolder {
  readonly root: string;
  write(path: string, content: string | Uint8Array): Promise<void>;
  append(path: string, content: string): Promise<void>;
}
