import type { Layout } from './layout.ts';

/** The Secret in which Helm keeps a release. */
export interface ReleaseSize {
  /** Its size with all suites of the config, an estimate. */
  readonly bytes: number;
  /** Most that Kubernetes takes in a Secret. */
  readonly limitBytes: number;
  /** Whether each suite has a template of its own, which takes more, or all have one together. */
  readonly layout: Layout;
}
