import type { SerializedError } from '../reporter.ts';
import { linesOf } from './sanitize.ts';
import type { Style } from './style.ts';

/** Trouble outside of the tests, as whole lines. */
export function renderError({ message }: SerializedError, style: Style): string {
  const [first = 'Unknown error.', ...others] = linesOf(message);
  return [`${style.red('✗ error')}  ${first}`, ...others.map((line) => `  ${style.dim('│')} ${line}`.trimEnd())].map((line) => `${line}\n`).join('');
}
