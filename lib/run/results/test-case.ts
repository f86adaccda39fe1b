/** What became of a test. */
export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'todo';

/** One test as every format tells it. */
export interface TestCase {
  /** Name of the test. */
  readonly name: string;
  /** File, class or package, whatever the format groups by; may be empty. */
  readonly group: string;
  /** What became of it. */
  readonly status: TestStatus;
  /** Milliseconds, when the format tells them. */
  readonly durationMs?: number;
  /** First line of a failure, or reason of a skip. */
  readonly message?: string;
  /** Stack or diagnostic text. */
  readonly details?: string;
  /** Source file, when the format tells it. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
}
