export interface KubesuiteErrorOptions {
  /** What the reader should do next. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** An error that a user can act on. `message` says which rule was broken, where, and what was received. */
export class KubesuiteError extends Error {
  override readonly name = 'KubesuiteError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: KubesuiteErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
