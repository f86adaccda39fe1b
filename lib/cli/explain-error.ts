import { KubesuiteError } from '../errors.ts';
import { sanitizeText } from '../run/results/sanitize.ts';

/** A message can quote what the cluster or Helm said. */
const longestMessage = 20_000;
/** GitHub Actions and Azure Pipelines obey lines that begin so. */
const commandLine = /^(?=[ \t]*(?:::|##))/gm;

/** What the user reads: message and hint of a KubesuiteError, the stack of any other, which is a bug. */
export function explainError(error: unknown): string {
  return `${sanitizeText(describeError(error), longestMessage).replaceAll(commandLine, '│ ')}\n`;
}

function describeError(error: unknown): string {
  if (error instanceof KubesuiteError) return `error: ${error.message}\n${error.hint === undefined ? '' : `hint: ${error.hint}`}`;
  return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
