import type { ErrorCause } from '../events.ts';
import type { Evidence } from './evidence.ts';

/** Why a suite does not get on. */
export interface Finding {
  readonly cause: ErrorCause;
  /** One sentence for a human. */
  readonly message: string;
  /** How long it may last before it is an error; absent: as long as a suite may take to start. */
  readonly graceSeconds?: number;
  readonly evidence: readonly Evidence[];
}

/** Only a change of the config heals it; the moment lets a cluster say so twice. */
export const hopelessSeconds = 3;
/** Somebody who is at work elsewhere (loads an image, starts a webhook) may heal it. */
export const refusalSeconds = 30;
/** Operators that make Secrets and ConfigMaps need this long. */
export const missingSeconds = 60;
