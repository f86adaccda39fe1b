import type { Clock } from '../ports/clock.ts';
import type { Screen } from '../ports/screen.ts';

/** The world as commands get it, so that tests can bring their own. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly screen: Screen;
  /** Diagnostics; never part of a report. */
  readonly stderr: (text: string) => void;
  readonly clock: Clock;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
  /** What a second Ctrl+C, which ends the process at once, says; empty: nothing is left behind. */
  readonly announceRemains: (text: string) => void;
  /** From now on the listener is told errors that reach nobody else; gives what ends that. */
  readonly listenToStrays: (listener: (error: unknown) => void) => () => void;
}

/** Options that every command which talks to a cluster has. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace: string;
  readonly helm?: string;
}
