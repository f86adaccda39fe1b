import { Unreadable } from './parsed-results.ts';
import { sanitizeLine } from './sanitize.ts';
import type { TextChunks } from './text-lines.ts';

const maxLength = 64 * 1024 * 1024;
/** Each value costs up to a hundred times its one character. */
const maxValues = 2_000_000;

/**
 * Reads one JSON document of limited size.
 * @throws Unreadable
 */
export function readJson(chunks: TextChunks): unknown {
  const pieces: string[] = [];
  let length = 0;
  let values = 0;
  for (const chunk of chunks) {
    length += chunk.length;
    if (length > maxLength) throw new Unreadable(`it is longer than ${maxLength} characters`);
    values += countValues(chunk);
    if (values > maxValues) throw new Unreadable(`it has more than ${maxValues} values`);
    pieces.push(chunk);
  }
  try {
    return JSON.parse(pieces.join(''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Unreadable(sanitizeLine(message, 200), { isCutOff: isAtEnd(message, length) });
  }
}

/** At most: commas within texts count as well. */
function countValues(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x2c || code === 0x5b || code === 0x7b) count++;
  }
  return count;
}

function isAtEnd(message: string, length: number): boolean {
  return /^Unexpected end|^Unterminated string/.test(message) || Number(/ at position (\d+)/.exec(message)?.[1]) === length;
}
