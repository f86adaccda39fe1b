/** What a KubesuiteError has beside code and message. */
export interface KubesuiteErrorOptions {
  /** What the reader should do next. */
  readonly hint?: string;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** An error that a user can act on. `message` says which rule was broken, where, and what was received. */
export class KubesuiteError extends Error {
  /** Always `KubesuiteError`; `instanceof` may fail where two versions are installed. */
  override readonly name = 'KubesuiteError';
  /** Names the rule, in capitals: `CONFIG_INVALID`, `CHART_STALE`, `DUPLICATE_FILE` … */
  readonly code: string;
  /** What the reader should do next, when that is known. */
  readonly hint: string | undefined;

  /**
   * @param code - names the rule, in capitals
   * @param message - which rule was broken, where, what was received
   * @param options - what to do next, and what led to it
   */
  constructor(code: string, message: string, options: KubesuiteErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
