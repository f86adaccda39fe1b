import { KubesuiteError } from '../errors.ts';
import { sanitizeText } from '../run/results/sanitize.ts';

/** A message can quote what the cluster or Helm said. */
const longestMessage = 20_000;

/** What the user reads: message and hint of a KubesuiteError, the stack of any other, which is a bug. */
export function explainError(error: unknown): string {
  if (error instanceof KubesuiteError) {
    return `${sanitizeText(`error: ${error.message}\n${error.hint === undefined ? '' : `hint: ${error.hint}`}`, longestMessage)}\n`;
  }
  return `${sanitizeText(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, longestMessage)}\n`;
}
