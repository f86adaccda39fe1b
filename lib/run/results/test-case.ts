export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'todo';

/** One test as every format tells it. */
export interface TestCase {
  readonly name: string;
  /** File, class or package, whatever the format groups by; may be empty. */
  readonly group: string;
  readonly status: TestStatus;
  readonly durationMs?: number;
  readonly message?: string;
  /** Stack or diagnostic text. */
  readonly details?: string;
  readonly file?: string;
  readonly line?: number;
}
